import { basename, resolve } from 'node:path';
import { openLibrary } from '../../engine/sanitization/pack/packLibrary.ts';
import { originsIn } from '../../engine/sanitization/pack/origins.ts';
import type { RulePack } from '../../engine/sanitization/pack/rulePack.ts';
import { packFolders } from '../../engine/sanitization/pack/shippedPacks.ts';
import type { Becoming, SampledValue, Stored } from '../../engine/sanitization/sampleRule.ts';
import { tryRules, type Trial, type TriedRule } from '../../engine/sanitization/tryRules.ts';
import { shownJson, shownText } from '../../engine/shownText.ts';
import { readPackDocuments } from '../../env/packs.ts';
import { readVariables } from '../../env/variables.ts';
import type { CommandIo } from '../command.ts';
import { NOBODY, openDatabase, type DatabaseWish } from '../openDatabase.ts';
import { bad, describeFinding, doubtful } from '../doctor/finding.ts';
import { checkPack } from './checkPack.ts';
import { answerProblems } from './answerCheck.ts';
import { counted } from '../../engine/counted.ts';

export interface TryWish extends DatabaseWish {
  /** Of a pack, tried with those that it extends; without it, the packs that are in use there. */
  readonly file?: string | undefined;
  readonly json: boolean;
}

/** @returns 1 when a rule does not fit. */
export async function answerTry(wish: TryWish, usage: string, io: CommandIo): Promise<number> {
  const folders = packFolders(readVariables()['REWIND_PACKS']);
  const checked = wish.file === undefined ? undefined : checkPack(resolve(io.cwd, wish.file), folders);
  if (checked?.kind === 'unusable') return answerProblems(basename(wish.file ?? ''), checked.problems, io);
  await using database = await openDatabase(wish, usage);
  const packs = checked?.selected ?? openLibrary(readPackDocuments(folders)).select(database.packs);
  const { session, role, sandbox } = database;
  const trial = await tryRules(session, packs, { administrator: sandbox?.administrator ?? NOBODY, role });
  if (wish.json) io.out(shownJson({ database: database.name, packs: packs.map(({ name }) => name), ...trial }));
  else io.out(describeTrial(trial, database.name, packs).join('\n'));
  return trial.refusals.length === 0 ? 0 : 1;
}

/** For people: table by table, then what was skipped and what does not fit. */
function describeTrial(
  { rules, refusals, remarks }: Trial,
  name: string,
  packs: readonly RulePack[],
): readonly string[] {
  const originOf = originsIn(packs);
  const tried = rules.filter(({ skipped }) => skipped === undefined);
  const skipped = Map.groupBy(
    rules.filter((each) => each.skipped !== undefined),
    (each) => each.skipped ?? '',
  );
  const tables = Map.groupBy(tried, ({ table }) => table);
  return [
    `${shownText(name)}: ${counted(tried.length, 'rule')} of ${packs.map((pack) => shownText(pack.name)).join(', ')} tried on ${counted(tables.size, 'table')}; nothing has been changed`,
    ...[...tables].flatMap(([table, own]) => [
      `${shownText(table)}, ${counted(own[0]?.ofRows ?? 0, 'row')}`,
      ...own.flatMap((rule) => [`  ${describeRule(rule)}`, ...rule.sample.map((row) => `    ${describeRow(row)}`)]),
    ]),
    ...[...skipped].map(([why, own]) => `Skipped, ${why}: ${own.map(({ ruleId }) => ruleId).join(', ')}`),
    ...remarks.map((remark) => describeFinding(doubtful(name, remark))),
    ...refusals.map(({ ruleId, what, why, remedy }) =>
      describeFinding(bad(`${ruleId} (${originOf(ruleId) ?? ''})`, `${what} ${why}`, remedy)),
    ),
    refusals.length === 0
      ? 'Every rule fits.'
      : `${counted(refusals.length, 'place')} where a rule does not fit: nothing would be sanitized`,
  ];
}

function describeRule({ ruleId, action, rows, lacking }: TriedRule): string {
  const without = lacking.length === 0 ? '' : `, without ${lacking.map((column) => shownText(column)).join(', ')}`;
  return `${ruleId} (${action}${without}): ${counted(rows, 'row')}`;
}

const describeRow = (row: readonly SampledValue[]): string =>
  row.map(({ column, stored, becomes }) => `${shownText(column)} ${like(stored)} → ${becoming(becomes)}`).join(', ');

/** What a value is like: never more of it than its length. */
function like(stored: Stored): string {
  switch (stored.kind) {
    case 'null':
      return 'NULL';
    case 'empty':
      return '(empty)';
    case 'value':
      return '●●●●';
    case 'text':
      return `●●●● (${counted(stored.characters, 'character')})`;
    case 'bytes':
      return `●●●● (${counted(stored.bytes, 'byte')})`;
  }
}

function becoming(becomes: Becoming): string {
  switch (becomes.kind) {
    case 'made-up':
      return shownText(becomes.value);
    case 'constant':
      return becomes.value === null ? 'NULL' : becomes.value === '' ? '(empty)' : shownText(String(becomes.value));
    case 'taken':
      return shownText(becomes.from);
    case 'cleared':
      return 'cleared';
    case 'cleared-then-kept':
      return 'cleared, then what the sandbox has';
    case 'unchanged':
      return 'as it is';
  }
}
