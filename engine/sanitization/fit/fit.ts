import type { CompiledQuery } from 'kysely';
import type { CountedRows } from '../rules/compileRule.ts';
import type { MaskKey } from '../masks/maskKey.ts';
import type { Scope } from '../rules/conditions.ts';
import type { PreparedRule } from '../rules/prepareRules.ts';
import type { ForeignKey, TableObstacles } from './obstacles.ts';
import type { Catalogue, Place } from '../rules/catalogue.ts';

/** What rules are compiled against, wherever their tables stand. */
export interface FitScope extends Omit<Scope, keyof Place | 'written'> {
  /** Made-up values are tried with this key, which is good for nothing else; without it with the one of the copy. */
  readonly trial?: MaskKey | undefined;
}

/** How all rules fit a database. With a refusal, nothing may be changed. */
export interface Fit {
  /** With the history tables that the rules reach. */
  readonly catalogue: Catalogue;
  /** As they were prepared, without those that another one covers already, and each followed by itself on the table's history. */
  readonly rules: readonly PreparedRule[];
  /** What is done around the rules, each once. */
  readonly handlings: readonly Handling[];
  /** Masks change both ends of these: they rest, and the server compares the ends when they are enforced again. */
  readonly restingKeys: readonly Pick<ForeignKey, 'name' | 'from'>[];
  /** A policy hides rows of these tables from this session. */
  readonly hidden: readonly Place[];
  readonly refusals: readonly Refusal[];
  /** What only the rows can tell: each must count none. */
  readonly questions: readonly FitQuestion[];
  /** What stands in no rule and a person should know. */
  readonly remarks: readonly string[];
}

export interface Refusal {
  readonly ruleId: string;
  /** `schema.table.column` */
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
}

export interface FitQuestion extends Refusal {
  readonly count: CompiledQuery<CountedRows>;
  /** Why it does not fit where the server cannot answer, as an expression of its own cannot be worked out for what a rule leaves. */
  readonly whenUnanswerable?: Pick<Refusal, 'why' | 'remedy'>;
  /** It makes values up with the key of the copy: asked once masks are set up there. */
  readonly needsMasks?: boolean;
}

export type Handling =
  /** Change data capture ends for good: its tables hold what production wrote, and its consumers must begin anew. */
  | { readonly kind: 'capture-ends'; readonly place: Place }
  /** Once the rows are as they stay. */
  | { readonly kind: 'view-refreshed'; readonly schema: string; readonly view: string }
  | {
      readonly kind: 'statistics-rebuilt';
      readonly place: Place;
      readonly columns: readonly string[];
      readonly extended: TableObstacles['statistics'];
    };
