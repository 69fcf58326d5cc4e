import { userInfo } from 'node:os';
import { COMPANY } from './company/profiles.ts';

/** Who works at the company's IT department; `may` as in environments.yaml. */
export interface DemoPerson {
  /** As the chat protocol addresses them. */
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  readonly may: readonly ('request' | 'approve')[];
  /** Whether Rewind is in their personal chats from the start. */
  readonly hasApp: boolean;
}

export const JONAS: DemoPerson = {
  id: '29:jonas',
  aadObjectId: '5a1d4c10-0001-4000-8000-00000000a001',
  name: 'Jonas Weber',
  may: ['request'],
  hasApp: true,
};

export const MIRA: DemoPerson = {
  id: '29:mira',
  aadObjectId: '5a1d4c10-0002-4000-8000-00000000a002',
  name: 'Mira Okafor',
  may: ['request', 'approve'],
  hasApp: true,
};

/** Sees the channel, may do nothing. */
export const LARS: DemoPerson = {
  id: '29:lars',
  aadObjectId: '5a1d4c10-0003-4000-8000-00000000a003',
  name: 'Lars Nyström',
  may: [],
  hasApp: true,
};

/** May approve, and cannot be reached in a personal chat. */
export const AIKO: DemoPerson = {
  id: '29:aiko',
  aadObjectId: '5a1d4c10-0004-4000-8000-00000000a004',
  name: 'Aiko Tanaka',
  may: ['approve'],
  hasApp: false,
};

const TARIQ: DemoPerson = {
  id: '29:tariq',
  aadObjectId: '5a1d4c10-0005-4000-8000-00000000a005',
  name: 'Tariq Haddad',
  may: [],
  hasApp: true,
};

const PRIYA: DemoPerson = {
  id: '29:priya',
  aadObjectId: '5a1d4c10-0006-4000-8000-00000000a006',
  name: 'Priya Raman',
  may: [],
  hasApp: true,
};

export const PEOPLE: readonly DemoPerson[] = [JONAS, MIRA, LARS, AIKO, TARIQ, PRIYA];
export const TENANT_ID = COMPANY.tenantId;

/** Where they talk to each other. */
export const TEAM = {
  id: '19:team-fabrikam@thread.tacv2',
  name: 'Fabrikam F&O',
  channel: { id: '19:refreshes@thread.tacv2', name: 'Refreshes' },
  groupChat: { id: '19:f-and-o-operations@thread.v2', name: 'F&O operations' },
} as const;

export const idsOf = (may: 'request' | 'approve'): readonly string[] =>
  PEOPLE.filter((person) => person.may.includes(may)).map((person) => person.aadObjectId);

/** Whoever runs the demo is Jonas in the chat, so the terminal is Mira's: an account of two people would prove neither. */
export const terminalAccounts = ({ name }: DemoPerson): readonly string[] =>
  name === MIRA.name ? [userInfo().username] : [];
