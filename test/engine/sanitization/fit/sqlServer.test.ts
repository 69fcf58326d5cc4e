import { expect, test } from 'vitest';
import { ColumnMismatchError, RulesDoNotFitError } from '../../../../engine/sanitization/errors.ts';
import { checkFit, findMaskedRefusals, lookForFit } from '../../../../engine/sanitization/fit/checkFit.ts';
import type { Fit } from '../../../../engine/sanitization/fit/fit.ts';
import { rulesOf } from '../../../../engine/sanitization/pack/rulePack.ts';
import { prepareRules } from '../../../../engine/sanitization/rules/prepareRules.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { KINDS, packOf, RULES, sandbox } from './subject.ts';
import { sqlServerSession, type SqlServerCatalogue, type SqlServerTable } from './sqlServerSession.ts';

const columns: SqlServerTable['columns'] = {
  RECID: { base: 'bigint', max_length: 8 },
  KIND: { base: 'int', max_length: 4 },
  NAME: {},
  MAIL: { is_nullable: true },
};
const subject = (more: SqlServerTable['more'] = {}, changed: SqlServerTable['columns'] = {}): SqlServerTable => ({
  name: 'SUBJECT',
  columns: { ...columns, ...changed },
  more,
});

type Kind = (typeof KINDS)[number];

async function fitFor(kind: Kind, catalogue: SqlServerCatalogue): Promise<Fit> {
  const session = sqlServerSession(catalogue);
  const prepared = await prepareRules(session, rulesOf(packOf(RULES[kind])), sandbox);
  return lookForFit(session, prepared, sandbox);
}

const trigger = (name: string, state: 'on' | 'off', text = '') => ({ id: 100, name, kind: 'trigger', state, text });
const writes = ['set-columns', 'clear-columns', 'keep-columns'] as const;
const deletes = ['delete-rows', 'keep-rows'] as const;

const REFUSED: Readonly<Record<string, readonly [SqlServerCatalogue, Partial<Readonly<Record<Kind, string>>>]>> = {
  'a computed column': [
    { tables: [subject({}, { NAME: { is_computed: true, definition: "([KIND]+N'x')" } })] },
    {
      ...all(writes, "dbo.SUBJECT.NAME is computed by the server as ([KIND]+N'x')"),
      mask: 'SUBJECT.NAME is made by the server itself and cannot be masked',
    },
  ],
  'an identity column': [
    { tables: [subject({}, { NAME: { base: 'bigint', is_identity: true } })] },
    {
      ...all(writes, 'dbo.SUBJECT.NAME has values that the server gives itself'),
      mask: 'SUBJECT.NAME is made by the server itself and cannot be masked',
    },
  ],
  'a row version': [
    { tables: [subject({}, { MAIL: { base: 'timestamp', is_nullable: true } })] },
    {
      ...all(writes, 'dbo.SUBJECT.MAIL has values that the server gives itself'),
      mask: 'SUBJECT.MAIL is made by the server itself and cannot be masked',
    },
  ],
  'a column of a period': [
    { tables: [subject({}, { MAIL: { base: 'datetime2', is_nullable: true, generated_always_type: 1 } })] },
    {
      ...all(writes, 'dbo.SUBJECT.MAIL has values that the server gives itself'),
      mask: 'SUBJECT.MAIL is no text and cannot be masked',
    },
  ],
  'a column too short': [
    { tables: [subject({}, { NAME: { max_length: 10 } })] },
    { 'set-columns': 'dbo.SUBJECT.NAME holds 5 characters, fewer than the 6 of the value' },
  ],
  'a column of xml': [
    { tables: [subject({}, { MAIL: { base: 'xml', is_nullable: true } })] },
    {
      'set-columns': 'dbo.SUBJECT.MAIL has the type xml, which no constant can be compared with',
      mask: 'SUBJECT.MAIL is no text and cannot be masked',
    },
  ],
  'a column of an assembly': [
    { tables: [subject({}, { MAIL: { base: null, is_nullable: true } })] },
    {
      'set-columns': 'dbo.SUBJECT.MAIL has the type of an assembly, which no constant can be compared with',
      mask: 'SUBJECT.MAIL is no text and cannot be masked',
    },
  ],
  'a column of ntext': [
    { tables: [subject({}, { MAIL: { base: 'ntext', is_nullable: true } })] },
    {
      'set-columns': 'dbo.SUBJECT.MAIL has the type ntext, which no constant can be compared with',
      mask: 'SUBJECT.MAIL is no text and cannot be masked',
    },
  ],
  'a column encrypted by the applications': [
    { tables: [subject({}, { MAIL: { is_nullable: true, encryption_type: 2 } })] },
    all(['set-columns', 'mask'], 'dbo.SUBJECT.MAIL is encrypted by the applications (Always Encrypted)'),
  ],
  'a masked column without the right to see it': [
    { tables: [subject({ may_unmask: 0 }, { MAIL: { is_nullable: true, is_masked: true } })] },
    all(KINDS, 'dbo.SUBJECT may not be touched by this account: UNMASK is denied (rule subject: grant it UNMASK)'),
  ],
  'a ledger table': [
    { tables: [subject({ ledger_type: 2 })] },
    all(KINDS, 'dbo.SUBJECT is a ledger table, which forgets nothing'),
  ],
  'DENY on the table': [
    { tables: [subject({ may_select: 0 })] },
    all(KINDS, 'dbo.SUBJECT may not be touched by this account: SELECT is denied'),
  ],
  'DENY on a column': [
    { tables: [subject({}, { NAME: { may_select: 0 } })] },
    all(KINDS, 'dbo.SUBJECT.NAME may not be read by this account'),
  ],
  'an account that does not see every object': [
    { tables: [subject({ sees_everything: 0 })] },
    all(KINDS, 'dbo.SUBJECT stands in a database of which this account does not see every object'),
  ],
  'a unique index': [
    {
      tables: [subject()],
      indexes: [{ id: 100, index: 'I_NAME', position: 1, key: '[NAME]', column: 'NAME', nulls_are_equal: 1 }],
      counts: { 'group by \\[NAME\\] having': 1 },
    },
    {
      ...all(writes, 'dbo.SUBJECT.NAME belongs to unique index I_NAME, in which several rows would be the same'),
      mask: 'dbo.SUBJECT.NAME belongs to unique index I_NAME, which tells values apart that masks take for the same',
    },
  ],
  'a check constraint': [
    {
      tables: [subject()],
      checks: [{ id: 100, name: 'CK', definition: "([NAME]<>N'')" }],
      counts: { "and not \\(\\(\\[NAME\\]<>N''\\)\\)": 2 },
    },
    all([...writes, 'mask'], 'dbo.SUBJECT.NAME would break check constraint CK'),
  ],
  'a foreign key that refuses': [
    {
      tables: [subject()],
      foreignKeys: [
        {
          ...{ id: 7, name: 'FK', schema: 'sales', table: 'ORDERS', column: 'SUBJECT', position: 1 },
          ...{ to_id: 100, to_schema: 'dbo', to_table: 'SUBJECT', to_column: 'RECID' },
          ...{ on_delete: 'cascade', on_update: 'refuse' },
        },
      ],
      counts: { 'from "sales"."ORDERS"': 3 },
    },
    all(deletes, 'sales.ORDERS.SUBJECT would point at rows of dbo.SUBJECT that are not there (foreign key FK)'),
  ],
};

const cases = Object.entries(REFUSED).flatMap(([name, [catalogue, by]]) =>
  KINDS.map((kind) => ({ name, kind, catalogue, message: by[kind] })),
);

/** Before the first rule: by the catalogue, by the rows, and by the rows with values made up. */
async function decide(kind: Kind, catalogue: SqlServerCatalogue): Promise<void> {
  const fit = await fitFor(kind, catalogue);
  const session = sqlServerSession(catalogue);
  await checkFit(session, fit);
  const refusals = await findMaskedRefusals(session, fit);
  if (refusals.length > 0) throw new RulesDoNotFitError(refusals);
}

test.each(cases.filter(({ message }) => message !== undefined))(
  'SQL Server › $kind × $name › is refused with its place',
  async ({ kind, catalogue, message }) => {
    const decided = decide(kind, catalogue);

    await expect(decided).rejects.toSatisfy(
      (error) => error instanceof RulesDoNotFitError || (kind === 'mask' && error instanceof ColumnMismatchError),
    );
    await expect(decided).rejects.toThrow(message);
  },
);

test.each(cases.filter(({ message }) => message === undefined))(
  'SQL Server › $kind × $name › fits',
  async ({ kind, catalogue }) => {
    await expect(decide(kind, catalogue)).resolves.toBeUndefined();
  },
);

test.each(KINDS)('SQL Server › %s › finds what ends, what hides rows, and who writes elsewhere', async (kind) => {
  const { handlings, hidden, rules, remarks } = await fitFor(kind, {
    tables: [
      subject({
        ...{ temporal_type: 2, history_table_id: 101, history_retention_period: 6 },
        ...{ history_retention_period_unit_desc: 'MONTH', tracked_id: 100, is_track_columns_updated_on: true },
        is_tracked_by_cdc: true,
      }),
      { name: 'SUBJECTHISTORY', columns, more: { temporal_type: 1 } },
      { schema: 'ax', name: 'SUBJECT', columns },
    ],
    triggers: [
      trigger(
        'TR_AUDIT',
        'on',
        'CREATE TRIGGER TR_AUDIT ON dbo.SUBJECT AFTER UPDATE AS INSERT INTO [dbo].[LOG] SELECT NAME FROM deleted',
      ),
      trigger('TR_OFF', 'off'),
    ],
    policies: [
      { id: 100, schema: 'sec', name: 'Few' },
      { id: 102, schema: 'sec', name: 'Few' },
    ],
    views: [{ id: 100, schema: 'dbo', view: 'V', kind: 'indexed', is_filled: 1, depth: 1 }],
  });
  const [dbo, ax] = [
    { schema: 'dbo', table: 'SUBJECT' },
    { schema: 'ax', table: 'SUBJECT' },
  ];
  const history = { schema: 'dbo', table: 'SUBJECTHISTORY' };

  expect(rules.map((each) => each.kind === 'ready' && each.place)).toEqual([dbo, history, ax]);
  expect(handlings.filter(({ kind: each }) => each !== 'statistics-rebuilt')).toEqual([
    { kind: 'capture-ends', place: dbo },
  ]);
  expect(hidden).toEqual([dbo, ax]);
  expect(remarks).toEqual([
    'dbo.LOG is written by trigger TR_AUDIT of dbo.SUBJECT, and no rule speaks of it',
    'change data capture of dbo.SUBJECT ends; its consumers have to begin anew',
  ]);
});

test('SQL Server › a policy that hides rows from the proof › is refused, as what is not seen is not proved', async () => {
  const session = sqlServerSession({ tables: [subject()], policies: [{ id: 100, schema: 'sec', name: 'Few' }] });

  await expect(verifySanitization({ session, packs: packOf(RULES['delete-rows']), sandbox })).rejects.toThrow(
    'dbo.SUBJECT hides rows by a policy (rule subject of only: exempt this account from the policy)',
  );
});

function all(kinds: readonly Kind[], message: string): Partial<Record<Kind, string>> {
  return Object.fromEntries(kinds.map((kind) => [kind, message]));
}
