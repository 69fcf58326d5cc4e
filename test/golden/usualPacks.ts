import type { CompiledQuery } from 'kysely';
import type { Dialect } from '../../engine/environments/provider.ts';
import { compileRule } from '../../engine/sanitization/rules/compileRule.ts';
import { rulesOf, type Rule } from '../../engine/sanitization/pack/rulePack.ts';
import { catalogueFor } from '../engine/sanitization/packSchema.ts';
import { sandbox, shippedPack } from '../engine/sanitization/packs.ts';

/**
 * What the packs of 2026 ask before and after their rules, in both dialects. Post-conditions of masks, whose text is mostly the words
 * that masks are made of, are held by their own tests.
 */
export function usualPacksGoldens(): Readonly<Record<string, string>> {
  return {
    'sanitization-usual.sql': render('mssql'),
    'sanitization-usual-postgres.sql': render('postgres'),
  };
}

const RULES = rulesOf(['lcs-2026', 'quiet', 'personal-data'].map(shippedPack)).filter(({ action }) => action !== 'mask');

function render(dialect: Dialect): string {
  const schema = dialect === 'mssql' ? 'dbo' : 'public';
  const catalogue = catalogueFor(RULES, schema);
  const statementsOf = (rule: Rule): readonly string[] => {
    const scope = { dialect, catalogue, administrator: sandbox.administrator, schema, batchRows: 20_000 };
    const { references, offending, expected } = compileRule(rule, { ...scope, table: rule.table });
    return [
      ...references.map(({ name, count }) => record(`${rule.id}: ${name} gives exactly one value`, count)),
      record(`${rule.id}: none may be found`, offending),
      ...(expected ? [record(`${rule.id}: one must be found`, expected)] : []),
    ];
  };
  return RULES.flatMap(statementsOf)
    .map((each) => `${each}\nGO\n`)
    .join('\n');
}

function record(title: string, { sql, parameters }: CompiledQuery): string {
  const values = parameters.map((value, index) => `-- @${String(index + 1)} = ${shown(value)}`);
  return [`-- ${title}`, ...values, sql].join('\n');
}

function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}
