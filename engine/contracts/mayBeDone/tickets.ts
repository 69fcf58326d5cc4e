import type { RequestRules, TicketRules } from '../requests.ts';

/** The tickets that a text names, each once, in their order. */
export function ticketsIn(text: string, ticket: TicketRules | undefined): readonly string[] {
  if (!ticket) return [];
  const found = [...text.matchAll(new RegExp(ticket.pattern, 'gu'))].map(([one]) => one);
  return [...new Set(found.filter((one) => one !== ''))];
}

export const linkOf = (ticket: string, { link }: TicketRules): string | undefined =>
  link?.replaceAll('{ticket}', () => encodeURIComponent(ticket));

/** What a request lacks. */
export function missingIn(reason: string, rules: RequestRules | undefined): 'reason' | 'ticket' | undefined {
  if (rules?.reason === 'required' && reason.trim() === '') return 'reason';
  return rules?.ticket?.required && ticketsIn(reason, rules.ticket).length === 0 ? 'ticket' : undefined;
}
