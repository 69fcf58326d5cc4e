import { FencedError } from '../environments/errors.ts';
import { LeaseLostError } from '../journal/errors.ts';

/** The target is another worker's now: whatever was being done, they go on with it. */
export const isTakenOver = (error: unknown): boolean => error instanceof LeaseLostError || error instanceof FencedError;
