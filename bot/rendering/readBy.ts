import type { Run, Sandbox } from '../../engine/contracts.ts';
import type { Audience } from '../answer.ts';
import type { ShownTo } from '../notify/deliveryParts.ts';

type ReadIn = Pick<Audience, 'zone' | 'locale'>;

/**
 * In which zone and language a card is written that lies in a chat: in a personal one its owner’s, as they were told last;
 * where many read, the sandbox’s. A draft concerns nobody but its author, who has to know the moment again that was meant.
 */
export function readThere(run: Run, sandbox: Sandbox | undefined, { reader, addressee }: ShownTo): ReadIn {
  const isAuthors = run.state === 'draft' || (reader !== undefined && addressee === undefined);
  const zone = isAuthors ? run.zone : (sandbox?.timeZone ?? run.zone);
  return { zone: reader?.zone ?? zone, locale: reader?.locale ?? 'en' };
}

/** The same for the answer to somebody there. */
export function readBy<Reading extends ReadIn & Pick<Audience, 'isShared'>>(
  audience: Reading,
  run: Run,
  sandbox: Sandbox | undefined,
): Reading {
  if (!audience.isShared || run.state === 'draft') return audience;
  return { ...audience, zone: sandbox?.timeZone ?? audience.zone, locale: 'en' };
}
