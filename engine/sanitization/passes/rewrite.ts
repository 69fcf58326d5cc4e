import { OperationNodeTransformer, PrimitiveValueListNode, sql, ValueListNode, ValueNode } from 'kysely';
import type { CompiledQuery, KyselyPlugin, OperationNode } from 'kysely';
import { builderFor } from '../rules/queryBuilder.ts';
import { expressions, isChanging, tableOf, type Work } from './statements.ts';
import type { TableFacts } from './facts/tableFacts.ts';
import { unite } from './unite.ts';
import { referencesOf } from '../pack/ruleColumns.ts';

/**
 * Whether PostgreSQL may write the whole table anew with the rules' values: nothing depends on a column that changes, and
 * no value comes from another table (its expressions admit no subquery).
 */
export function isRewritable({ rules, ...scope }: Work, { isWhole, rewritable }: TableFacts): boolean {
  const changing = rules.filter(isChanging);
  if (!isWhole || changing.length < rules.length || changing.some(looksElsewhere)) return false;
  return Object.keys(unite(expressions(), changing, scope).values).every((column) => rewritable.has(column));
}

/** A condition or a value of the rule asks another table. */
export function looksElsewhere(rule: Work['rules'][number]): boolean {
  const conditions = (rule.where ?? []).flatMap((each) => ('any' in each ? each.any : [each]));
  return (
    referencesOf(rule).length > 0 ||
    conditions.some(({ differs }) => typeof differs === 'object' && differs !== null && 'from' in differs)
  );
}

/**
 * Says of every column that it has the type that it has, and gives the new values on the way: the server writes table and
 * indexes anew, fires no trigger, and the old values are gone from its files.
 */
export function rewriteTable(work: Work, { rewritable }: Pick<TableFacts, 'rewritable'>): CompiledQuery {
  const { values, isPending } = unite(expressions(), work.rules.filter(isChanging), work);
  const isOne = work.rules.length === 1;
  const columns = Object.entries(values).map(([column, value]) => {
    const name = sql.id(column);
    // Of several rules each has its own condition in its value already.
    const given = isOne || column === 'RECVERSION' ? sql`case when ${isPending} then ${value} else ${name} end` : value;
    return sql`alter column ${name} type ${sql.raw(rewritable.get(column) ?? '')} using (${given})`;
  });
  return sql`alter table ${tableOf(work)} ${sql.join(columns)}`.compile(
    builderFor('postgres', work.schema).withPlugin(literals),
  );
}

/** ALTER TABLE takes no parameters. A literal in quotation marks takes the type of what it meets, as a parameter does. */
const literals: KyselyPlugin = {
  transformQuery: ({ node }) => new WithLiterals().transformNode(node),
  transformResult: ({ result }) => Promise.resolve(result),
};

class WithLiterals extends OperationNodeTransformer {
  protected override transformNodeImpl<Node extends OperationNode>(node: Node): Node {
    const written = PrimitiveValueListNode.is(node)
      ? ValueListNode.create(node.values.map((value) => literal(value)))
      : ValueNode.is(node) && node.immediate !== true
        ? literal(node.value)
        : super.transformNodeImpl(node);
    // A list of literals stands wherever a list of parameters does.
    return written as OperationNode as Node;
  }
}

function literal(value: unknown): ValueNode {
  if (Buffer.isBuffer(value)) return ValueNode.createImmediate(`\\x${value.toString('hex')}`);
  if (typeof value === 'string' || value === null) return ValueNode.createImmediate(value);
  return ValueNode.createImmediate(JSON.stringify(value));
}
