import { notEmulated } from './sqlError.ts';
import {
  bind,
  innerScope,
  quote,
  resolveColumn,
  type Compiled,
  type CompileExpression,
  type CompiledQuery,
  type CompileQuery,
  type Scope,
} from './scope.ts';
import type { Expression, Order } from './syntaxTree.ts';
import { bit, declare, familyOf, int, nvarchar, type SqlType, type Value } from './types.ts';

/** Writes T-SQL's expressions for SQLite, and says of which type each would be on SQL Server. */
export function createExpressionCompiler(compileQuery: CompileQuery): {
  compileExpression: CompileExpression;
  compileOrder: (order: readonly Order[], scope: Scope) => string;
} {
  const compileExpression: CompileExpression = (expression, scope) => {
    const compile = (each: Expression) => compileExpression(each, scope);
    const text = (each: Expression) => compile(each).text;
    switch (expression.kind) {
      case 'literal':
        return { text: writeLiteral(expression.value, scope), type: expression.type };
      case 'variable': {
        const { value, type } = scope.surroundings.variable(expression.name);
        return { text: bind(scope, expression.name, value), type };
      }
      case 'column':
        return resolveColumn(expression.parts, scope);
      case 'unary': {
        const operand = compile(expression.operand);
        return { text: `(${expression.operator} ${operand.text})`, type: operand.type };
      }
      case 'binary':
        return compileBinary(expression.operator, compile(expression.left), compile(expression.right));
      case 'call':
        return compileCall(expression, scope);
      case 'window': {
        const call = compile(expression.call);
        return { text: `${call.text} OVER (ORDER BY ${compileOrder(expression.order, scope)})`, type: call.type };
      }
      case 'cast': {
        const style = expression.style === undefined ? '0' : text(expression.style);
        const operand = compile(expression.operand);
        const from = declare(operand.type);
        const to = declare(expression.type);
        return {
          text: `tsql_cast(${operand.text}, '${from}', '${to}', ${style}, ${expression.isTry ? 1 : 0})`,
          type: expression.type,
        };
      }
      case 'inUtf8':
        return { text: `tsql_utf8(${text(expression.operand)})`, type: { name: 'varchar', length: -1 } };
      case 'case': {
        const branches = expression.branches.map(({ when, result }) => [compile(when), compile(result)] as const);
        const otherwise = expression.otherwise && compile(expression.otherwise);
        const results = [...branches.map(([, result]) => result), ...(otherwise ? [otherwise] : [])];
        const subject = expression.subject === undefined ? '' : ` ${text(expression.subject)}`;
        const whens = branches.map(([when, result]) => `WHEN ${when.text} THEN ${result.text}`).join(' ');
        const rest = otherwise ? ` ELSE ${otherwise.text}` : '';
        return { text: `CASE${subject} ${whens}${rest} END`, type: typeOfSeveral(results) };
      }
      case 'in': {
        const operand = compile(expression.operand);
        const among =
          'selects' in expression.among
            ? keysOf(operand, compileQuery(expression.among, innerScope(scope)))
            : expression.among.map((each) => alike(operand, compile(each))).join(', ');
        return { text: `(${alike(operand, operand)} ${expression.isNot ? 'NOT ' : ''}IN (${among}))`, type: bit };
      }
      case 'between': {
        const operand = compile(expression.operand);
        const low = alike(operand, compile(expression.low));
        const high = alike(operand, compile(expression.high));
        return {
          text: `(${alike(operand, operand)} ${expression.isNot ? 'NOT ' : ''}BETWEEN ${low} AND ${high})`,
          type: bit,
        };
      }
      case 'like': {
        const escape = expression.escape === undefined ? "''" : text(expression.escape);
        const call = `tsql_like(${text(expression.operand)}, ${text(expression.pattern)}, ${escape})`;
        return { text: expression.isNot ? `(NOT ${call})` : call, type: bit };
      }
      case 'isNull':
        return { text: `(${text(expression.operand)} IS ${expression.isNot ? 'NOT ' : ''}NULL)`, type: bit };
      case 'exists':
        return { text: `EXISTS (${compileQuery(expression.query, innerScope(scope)).text})`, type: bit };
      case 'subquery': {
        const query = compileQuery(expression.query, innerScope(scope));
        return { text: `(${query.text})`, type: query.columns[0]?.type ?? int };
      }
    }
  };

  function compileCall(expression: Expression & { readonly kind: 'call' }, scope: Scope): Compiled {
    const { name, operands, modifier } = expression;
    const compiled = operands.map((operand) => compileExpression(operand, scope));
    const types = compiled.map(({ type }) => type);
    const texts = compiled.map(({ text }) => text);
    const found = scope.surroundings.scalarFunction(name);
    if (modifier === 'star') return { text: found.sqlite(['*'], types), type: found.type(types) };
    if (modifier === 'distinct') texts[0] = `DISTINCT ${texts[0] ?? ''}`;
    return { text: found.sqlite(texts, types), type: found.type(types) };
  }

  function compileOrder(order: readonly Order[], scope: Scope): string {
    return order
      .map(({ by, isDescending }) => `${compileExpression(by, scope).text}${isDescending ? ' DESC' : ''}`)
      .join(', ');
  }

  return { compileExpression, compileOrder };
}

function compileBinary(operator: string, left: Compiled, right: Compiled): Compiled {
  const families = [familyOf(left.type), familyOf(right.type)];
  switch (operator) {
    case 'AND':
    case 'OR':
      return { text: `(${left.text} ${operator} ${right.text})`, type: bit };
    case '+':
      if (families.every((family) => family === 'text'))
        return { text: `(${left.text} || ${right.text})`, type: nvarchar(-1) };
      if (families.every((family) => family === 'binary'))
        return { text: `tsql_bytes(${left.text}, ${right.text})`, type: { name: 'varbinary', length: 8000 } };
      break;
    case '=':
    case '<>':
    case '<':
    case '>':
    case '<=':
    case '>=':
      return { text: `(${alike(right, left)} ${operator} ${alike(left, right)})`, type: bit };
    case '^':
      throw notEmulated('the operator ^');
    default:
  }
  if (families.includes('date')) throw notEmulated(`the operator ${operator} on dates`);
  return { text: `(${left.text} ${operator} ${right.text})`, type: wider(left.type, right.type) };
}

/**
 * One side of a comparison. SQL Server converts text to the type of a date, GUID or number that it is compared with;
 * between texts neither case nor trailing spaces count.
 */
function alike(other: Compiled, one: Compiled): string {
  const family = familyOf(other.type);
  // Long exact numbers lie there as text, with all of their digits; beside another kind of number 15 of them count.
  const exact = [family, familyOf(one.type)].filter((each) => each === 'exact').length;
  if (exact === 1 && family !== 'variant') return `CAST(${one.text} AS NUMERIC)`;
  if (familyOf(one.type) !== 'text') return one.text;
  if (family === 'text' || family === 'variant') return `tsql_key(${one.text})`;
  if (family === 'date') return `tsql_cast(${one.text}, 'nvarchar(100)', 'datetime2(7)', 126, 0)`;
  if (family === 'integer') return `tsql_cast(${one.text}, 'nvarchar(100)', 'bigint', 0, 0)`;
  if (family === 'guid') return `upper(${one.text})`;
  return one.text;
}

function keysOf(operand: Compiled, { text, columns }: CompiledQuery): string {
  const [column] = columns;
  if (column === undefined || familyOf(column.type) !== 'text' || familyOf(operand.type) !== 'text') return text;
  return `SELECT tsql_key(${quote(column.name)}) FROM (${text})`;
}

const widths = ['bit', 'tinyint', 'smallint', 'int', 'bigint', 'numeric', 'decimal', 'money', 'real', 'float'];

export function wider(one: SqlType, other: SqlType): SqlType {
  return widths.indexOf(one.name) >= widths.indexOf(other.name) ? one : other;
}

/** The type of CASE or COALESCE: of whatever is not a bare NULL. */
export function typeOfSeveral(several: readonly { readonly text?: string; readonly type: SqlType }[]): SqlType {
  const known = several.filter(({ text }) => text !== 'NULL').map(({ type }) => type);
  const [first = int, ...others] = known;
  if (known.some((type) => familyOf(type) === 'text')) return { ...first, name: 'nvarchar', length: -1 };
  return others.reduce((type, other) => (familyOf(type) === 'integer' ? wider(type, other) : type), first);
}

function writeLiteral(value: Value, scope: Scope): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string')
    return value.includes('\0')
      ? bind(scope, `literal ${scope.parameters.size}`, value)
      : `'${value.replaceAll("'", "''")}'`;
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  return String(value);
}
