import { compileRule } from '../rules/compileRule.ts';
import type { Catalogue } from '../rules/catalogue.ts';
import type { PreparedRule, ReadyRule } from '../rules/prepareRules.ts';
import { columnsAt } from '../rules/places.ts';
import type { Rule } from '../pack/rulePack.ts';
import { kindOf, shownKind } from '../masks/kinds.ts';
import type { Fit, FitScope, Refusal } from './fit.ts';
import { masksOf } from './masksOf.ts';
import { handlingsOf, restingKeys } from './handlingsOf.ts';
import { isSamePlace, nameOf, type Obstacles, type TableObstacles } from './obstacles.ts';
import type { Place } from '../rules/catalogue.ts';
import { questionsOf } from './questionsOf.ts';
import { refusalsOf } from './refusalsOf.ts';

/** Tries all rules on what the catalogue says, before any of them changes a row. */
export function fitOf(prepared: readonly PreparedRule[], obstacles: Obstacles, scope: FitScope): Fit {
  const found = new Map(obstacles.tables.map((table) => [nameOf(table), table]));
  const carriedOut = prepared.flatMap((each): readonly PreparedRule[] => {
    if (each.kind === 'skipped') return [each];
    if (isCovered(each, prepared, found)) return [];
    const history = found.get(nameOf(each.place))?.history;
    return history === undefined ? [each] : [each, onHistory(each, history, scope)];
  });
  const rules = carriedOut.filter((each) => each.kind === 'ready');
  const tables = new Map(rules.map((each) => [each, physicalTables(each.place, found)]));
  const physical = [...new Map([...tables.values()].flat().map((table) => [nameOf(table), table])).values()];
  const unseen = prepared.flatMap((each) => unseenTables(each.rule, prepared, obstacles));
  const named = [...new Map(unseen.map((each) => [`${each.ruleId} ${each.what}`, each])).values()];
  const catalogue = withHistories(scope.catalogue, rules);
  return {
    catalogue,
    rules: carriedOut,
    refusals: [
      ...(obstacles.seesEverything ? [] : rules.slice(0, 1).map(hidden)),
      ...named,
      ...rules.flatMap((each) => refusalsOf(each, tables.get(each) ?? [], rules, found)),
    ],
    questions: questionsOf(rules, found, { ...scope, catalogue }),
    handlings: handlingsOf(physical, obstacles),
    restingKeys: restingKeys(rules, physical),
    hidden: physical.flatMap(({ schema, table, hidesRows }) => (hidesRows ? [{ schema, table }] : [])),
    remarks: [...writtenByTriggers(rules, tables, obstacles), ...shortenedMasks(physical, rules, found)],
  };
}

/** The table itself and everything below it that holds rows of it. */
function physicalTables(place: Place, found: ReadonlyMap<string, TableObstacles>): readonly TableObstacles[] {
  const table = found.get(nameOf(place));
  if (table === undefined) return [];
  const below = table.parts.flatMap((part) => physicalTables(part, found));
  return [table, ...new Map(below.map((each) => [nameOf(each), each])).values()];
}

/** A partition or child of the same name in another schema is reached through the table above it, and a mask must not reach it twice. */
function isCovered(one: ReadyRule, all: readonly PreparedRule[], found: ReadonlyMap<string, TableObstacles>): boolean {
  const above = (place: Place): readonly Place[] =>
    (found.get(nameOf(place))?.partOf ?? []).flatMap((each) => [each, ...above(each)]);
  return above(one.place).some((place) =>
    all.some((each) => each.kind === 'ready' && each.rule === one.rule && isSamePlace(each.place, place)),
  );
}

function onHistory(each: ReadyRule, { schema, table: name }: Place, scope: FitScope): ReadyRule {
  const place = { schema, table: name };
  const table = nameOf(place);
  const catalogue = withHistory(scope.catalogue, each.place, place);
  return { ...each, place, table, compiled: compileRule(each.rule, { ...scope, ...place, catalogue }) };
}

/** A history has the columns of its table. */
function withHistory(catalogue: Catalogue, current: Place, history: Place): Catalogue {
  const name = history.table.toUpperCase();
  const described = { ...history, columns: columnsAt(catalogue, current) };
  return new Map([...catalogue, [name, [...(catalogue.get(name) ?? []), described]]]);
}

export function withHistories(catalogue: Catalogue, rules: readonly ReadyRule[]): Catalogue {
  return rules.reduce((known, { place }, index) => {
    const before = rules[index - 1];
    const isKnown = known.get(place.table.toUpperCase())?.some((each) => isSamePlace(each, place));
    return isKnown || before === undefined ? known : withHistory(known, before.place, place);
  }, catalogue);
}

const hidden = ({ rule, place }: ReadyRule): Refusal => ({
  ruleId: rule.id,
  what: nameOf(place),
  why: 'stands in a database of which this account does not see every object',
  remedy: 'grant it VIEW DEFINITION on the database',
});

/** PostgreSQL shows the columns of a table only to those who may do something with it. */
function unseenTables(rule: Rule, prepared: readonly PreparedRule[], { tables }: Obstacles): readonly Refusal[] {
  const places = prepared.filter((each) => each.rule === rule && each.kind === 'ready').map((each) => each);
  const isMeant = (each: TableObstacles) =>
    each.table.toUpperCase() === rule.table && each.denied.includes('SELECT') && each.partOf.length === 0;
  return tables
    .filter((table) => isMeant(table) && (rule.schema === undefined || rule.schema === table.schema.toUpperCase()))
    .filter((table) => !places.some((each) => each.kind === 'ready' && isSamePlace(each.place, table)))
    .map((table) => ({
      ruleId: rule.id,
      what: nameOf(table),
      why: 'is hidden from this account',
      remedy: 'grant it SELECT, UPDATE and DELETE on the table, or make it its owner',
    }));
}

/** What was equal elsewhere is equal in columns of this length alone. */
function shortenedMasks(
  tables: readonly TableObstacles[],
  rules: readonly ReadyRule[],
  found: ReadonlyMap<string, TableObstacles>,
): readonly string[] {
  return tables.flatMap((table) =>
    [...masksOf(table, rules, found)]
      .filter(([, { kind, room }]) => kindOf(kind, room).isShortened)
      .map(
        ([column, { kind, room }]) =>
          `${nameOf(table)}.${column} holds ${String(room)} characters: its mask ${shownKind(kind)} has a shorter form there, which joins with columns of the same form alone`,
      ),
  );
}

/** Where a trigger has written what production had, and no rule speaks of it. */
function writtenByTriggers(
  rules: readonly ReadyRule[],
  tables: ReadonlyMap<ReadyRule, readonly TableObstacles[]>,
  obstacles: Obstacles,
): readonly string[] {
  const spoken = new Set(rules.map(({ rule }) => rule.table));
  const ofRules = new Set([...tables.values()].flat());
  const remarks = [...ofRules].flatMap((table) =>
    table.triggers.flatMap(({ name, kind, writes }) =>
      writes
        .filter((written) => !spoken.has((written.split('.').at(-1) ?? '').toUpperCase()))
        .map((written) => `${written} is written by ${kind} ${name} of ${nameOf(table)}, and no rule speaks of it`),
    ),
  );
  const captured = obstacles.tables.filter((table) => table.isCaptured);
  return [
    ...new Set(remarks),
    ...captured.map((table) => `change data capture of ${nameOf(table)} ends; its consumers have to begin anew`),
  ];
}
