import type { Asked, Role } from '../../engine/contracts/mayBeDone/index.ts';
import type { Reader } from '../reader.ts';
import type { Fact } from '../run/runContext.ts';
import { joinMd, type Md } from '../text.ts';

/** Said besides the roles, as several roles give it. */
export const TOLD_DEEDS = ['schedule', 'reserve', 'freeze', 'home'] as const satisfies readonly Asked[];
export type ToldDeed = (typeof TOLD_DEEDS)[number];

/** What somebody may do with one sandbox, and who may approve there. */
export interface SandboxRights {
  readonly title: string;
  /** Of whoever asks; left out where a card is for many. */
  readonly roles?: readonly Role[];
  /** What those roles let them do about the sandbox itself. */
  readonly may?: readonly ToldDeed[];
  /** By name, as far as the file gives one. */
  readonly approvers: readonly string[];
  /** Those to whom it gives none. */
  readonly unnamedApprovers: number;
}

/** `You may ask for a refresh, roll back and sign off, freeze it.` */
export function rolesLine(r: Reader, { roles = [], may = [] }: SandboxRights): Md {
  const words = r.words.rights;
  // Whoever may do more may look as well.
  const told = roles.length > 1 ? roles.filter((role) => role !== 'viewer') : roles;
  const isOperating = told.includes('administrator');
  const shown = isOperating ? told.filter((role) => role !== 'operator') : told;
  return shown.length === 0
    ? words.none
    : words.may(joinMd([...shown.map((role) => words.roles[role]), ...may.map((deed) => words.deeds[deed])], ', '));
}

/** The first few by name; the others, and those whom the file gives no name, are counted. */
export function approversLine(r: Reader, { approvers, unnamedApprovers }: SandboxRights): Md {
  const words = r.words.rights;
  const named = approvers.slice(0, NAMED).map((name) => r.plain(name, 60));
  const others = approvers.length - named.length + unnamedApprovers;
  return joinMd(
    [...named, ...(others === 0 ? [] : [named.length === 0 ? words.count(others) : words.others(others)])],
    ', ',
  );
}

const NAMED = 3;

/** More than that is told by /status. */
const SHOWN = 8;

/** Sandbox by sandbox, as lines of a card. */
export function rightsFacts(r: Reader, rights: readonly SandboxRights[]): readonly Fact[] {
  const words = r.words.rights;
  const facts = rights.slice(0, SHOWN).map((one) => {
    const approvers = words.approvers(approversLine(r, one));
    return {
      title: r.plain(one.title, 40),
      value: one.roles ? joinMd([rolesLine(r, one), approvers], '\n\n') : approvers,
    };
  });
  const more = rights.length - SHOWN;
  return more > 0 ? [...facts, { title: words.more, value: words.moreSandboxes(more) }] : facts;
}
