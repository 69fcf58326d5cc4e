/** What a sandbox asks of whoever requests a refresh. */
export interface RequestRules {
  readonly reason: 'optional' | 'required';
  readonly ticket?: TicketRules;
}

export interface TicketRules {
  /** A regular expression: what in a reason or a comment is a ticket. */
  readonly pattern: string;
  /** One as people write it. */
  readonly example: string;
  /** Whether a request has to name one. */
  readonly required: boolean;
  /** Where it is found: an https address with `{ticket}` in it. */
  readonly link?: string;
}
