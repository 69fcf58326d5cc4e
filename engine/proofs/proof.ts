import type { ProofResult } from '../contracts.ts';

export type { ProofResult } from '../contracts.ts';

/** A proof that found something refuses the switch. */
export const holds = ({ findings }: ProofResult): boolean => findings.length === 0;
