import type { en } from './en.ts';

/** A language's catalogue: whole sentences, each written for the kind of field it stands in. */
export type Words = typeof en;
