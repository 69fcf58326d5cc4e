import type { Sandbox } from '../../../engine/contracts.ts';
import type { Provider, Writer } from '../../../engine/environments/provider.ts';

/** A provider whose writers are partly somebody else's. */
export const withWriter =
  (change: (writer: Writer, target: Sandbox) => Partial<Writer>) =>
  (provider: Provider): Provider => ({
    ...provider,
    open(target, hold, source) {
      const writer = provider.open(target, hold, source);
      return { ...writer, ...change(writer, target) };
    },
  });
