import { parsePack, type Rule, type RulePack } from '../../../../engine/sanitization/pack/rulePack.ts';
import { sandbox } from '../packs.ts';

/** A pack of these rules, each as a file would say it. */
export function packOf(...rules: readonly Readonly<Record<string, unknown>>[]): readonly RulePack[] {
  const element = { id: 'only', title: 'Only', source: 'A test', disposition: 'kept-from-target', reason: 'A test' };
  return [parsePack({ name: 'only', title: 'Only', elements: [{ ...element, rules }] }, 'only.yaml')];
}

export { sandbox };

/** Three rows, two of which a rule with `where` means; what must not stay anywhere is called secret. */
export const SUBJECT = `
create table "SUBJECT" ("RECID" bigint primary key, "KIND" int not null default 0, "NAME" varchar(20) not null default '',
  "MAIL" text, "RECVERSION" int not null default 1);
insert into "SUBJECT" values (1, 2, 'secret one', 'secret@one'), (2, 2, 'secret two', 'secret@two'), (3, 1, 'kept', null);
`;

const where = [{ column: 'KIND', equals: 2 }];
const offending = [{ column: 'NAME', like: 'secret%' }];

/** One rule of each kind, over the same rows. */
export const RULES = {
  'delete-rows': { id: 'subject', table: 'SUBJECT', action: 'delete-rows', where, offending },
  'keep-rows': { id: 'subject', table: 'SUBJECT', action: 'keep-rows', where, offending },
  'set-columns': {
    ...{ id: 'subject', table: 'SUBJECT', action: 'set-columns', where, offending },
    values: { NAME: 'nobody', MAIL: '' },
  },
  'clear-columns': {
    ...{ id: 'subject', table: 'SUBJECT', action: 'clear-columns', where, offending },
    columns: ['NAME', 'MAIL'],
  },
  'keep-columns': {
    ...{ id: 'subject', table: 'SUBJECT', action: 'keep-columns', where, offending },
    ...{ columns: ['NAME', 'MAIL'], key: 'RECID' },
  },
  mask: {
    ...{ id: 'subject', table: 'SUBJECT', action: 'mask', where, offending },
    columns: { NAME: 'token', MAIL: 'email' },
  },
  sql: {
    ...{ id: 'subject', table: 'SUBJECT', action: 'sql', offending },
    statements: {
      postgres: `update {table} set "NAME" = 'x' || "RECID", "MAIL" = null where "KIND" = 2`,
      mssql: `UPDATE {table} SET NAME = CONCAT('x', RECID), MAIL = NULL WHERE KIND = 2`,
    },
  },
} as const satisfies Partial<Record<Rule['action'], Readonly<Record<string, unknown>>>>;

export const KINDS = [
  'delete-rows',
  'keep-rows',
  'set-columns',
  'clear-columns',
  'keep-columns',
  'mask',
  'sql',
] as const;
