import type { ActContext } from '../../../../engine/environments/provider.ts';

/** What a step hands to an act of the provider, as the first worker has it. */
export const anAct = (parts: Pick<ActContext, 'source' | 'target' | 'at'> & Partial<ActContext>): ActContext => ({
  runId: 'R-1',
  fence: 1,
  signal: new AbortController().signal,
  remember: async () => undefined,
  remembered: {},
  progress: () => undefined,
  log: () => undefined,
  ...parts,
});
