import type { SqlType, Value } from './types.ts';

/** The part of T-SQL's expressions and queries that this test double understands. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Value; readonly type: SqlType }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'column'; readonly parts: readonly string[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly operands: readonly Expression[];
      readonly modifier: Modifier;
    }
  | { readonly kind: 'window'; readonly call: Expression; readonly order: readonly Order[] }
  | {
      readonly kind: 'cast';
      readonly operand: Expression;
      readonly type: SqlType;
      readonly isTry: boolean;
      readonly style?: Expression;
    }
  | {
      readonly kind: 'case';
      readonly subject?: Expression;
      readonly branches: readonly Branch[];
      readonly otherwise?: Expression;
    }
  | {
      readonly kind: 'in';
      readonly operand: Expression;
      readonly isNot: boolean;
      readonly among: readonly Expression[] | Query;
    }
  | {
      readonly kind: 'between';
      readonly operand: Expression;
      readonly isNot: boolean;
      readonly low: Expression;
      readonly high: Expression;
    }
  | {
      readonly kind: 'like';
      readonly operand: Expression;
      readonly isNot: boolean;
      readonly pattern: Expression;
      readonly escape?: Expression;
    }
  | { readonly kind: 'isNull'; readonly operand: Expression; readonly isNot: boolean }
  | { readonly kind: 'exists'; readonly query: Query }
  | { readonly kind: 'inUtf8'; readonly operand: Expression }
  | { readonly kind: 'subquery'; readonly query: Query };

export interface Branch {
  readonly when: Expression;
  readonly result: Expression;
}

export type Modifier = 'none' | 'distinct' | 'star';

export interface Order {
  readonly by: Expression;
  readonly isDescending: boolean;
}

export type SelectItem =
  | { readonly kind: 'star'; readonly table?: string }
  | { readonly kind: 'assign'; readonly variable: string; readonly value: Expression }
  | { readonly kind: 'value'; readonly value: Expression; readonly alias?: string };

export interface Select {
  readonly isDistinct: boolean;
  readonly top?: Expression;
  readonly isWithTies?: boolean;
  readonly items: readonly SelectItem[];
  readonly from: readonly FromItem[];
  readonly where?: Expression;
  readonly groupBy: readonly Expression[];
  readonly having?: Expression;
}

/** The first has no join; `apply` takes what stands before it as its input. */
export interface FromItem {
  readonly join: 'none' | 'inner' | 'left' | 'cross' | 'apply' | 'outerApply';
  readonly source: Source;
  readonly on?: Expression;
}

export type Source =
  | { readonly kind: 'table'; readonly parts: readonly string[]; readonly alias?: string; readonly isLocking: boolean }
  | {
      readonly kind: 'function';
      readonly parts: readonly string[];
      readonly operands: readonly Expression[];
      readonly alias?: string;
    }
  | { readonly kind: 'query'; readonly query: Query; readonly alias: string; readonly columns?: readonly string[] }
  | {
      readonly kind: 'values';
      readonly rows: readonly (readonly Expression[])[];
      readonly alias: string;
      readonly columns: readonly string[];
    };

export interface CommonTable {
  readonly name: string;
  readonly columns?: readonly string[];
  readonly query: Query;
}

export interface Query {
  readonly tables: readonly CommonTable[];
  readonly selects: readonly Select[];
  /** Between the selects, one less than these. */
  readonly operators: readonly ('UNION' | 'UNION ALL' | 'EXCEPT' | 'INTERSECT')[];
  readonly orderBy: readonly Order[];
  readonly offset?: Expression;
  readonly fetch?: Expression;
}
