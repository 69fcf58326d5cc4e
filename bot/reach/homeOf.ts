import type { CardAddress, Sandbox } from '../../engine/contracts.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { ChatPort } from '../chat/port.ts';

export interface HomeParts {
  readonly journal: Pick<Journal, 'home' | 'newestAddress'>;
  readonly chat: Pick<ChatPort, 'addressOfId'>;
}

/** The home of a sandbox: what the file says, else what somebody chose last. */
export async function homeOf(
  { journal, chat }: HomeParts,
  {
    house,
    beside,
  }: { readonly house: { readonly sandbox: Sandbox }; readonly beside?: { readonly address: CardAddress } | undefined },
): Promise<CardAddress | undefined> {
  const { name, approvals, administrator } = house.sandbox;
  if (approvals?.channel === undefined) return (await journal.home(name))?.address;
  return chat.addressOfId(
    approvals.channel,
    administrator.tenantId,
    beside?.address ?? (await journal.newestAddress()),
  );
}
