import type { CompiledQuery } from 'kysely';
import type { CountedRows } from '../rules/compileRule.ts';
import type { Scope } from '../rules/conditions.ts';
import type { PreparedRule } from '../rules/prepareRules.ts';
import type { ForeignKey, Policy, TableObstacles, TriggerFacts } from './obstacles.ts';
import type { Place } from '../rules/catalogue.ts';

/** What rules are compiled against, wherever their tables stand. */
export type FitScope = Omit<Scope, keyof Place | 'written'>;

/** How all rules fit a database. With a refusal, nothing may be changed. */
export interface Fit {
  /** As they were prepared, without those that another one covers already, and each followed by itself on the table's history. */
  readonly rules: readonly PreparedRule[];
  /** What is done around the rules, each once. They can be kept as JSON, so that a later process can put back what an earlier one has changed. */
  readonly handlings: readonly Handling[];
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
}

/** In the order in which they begin; they end in the opposite order. */
export type Handling =
  /** Nothing reads or writes what the rules change: no trigger fires, whatever it does. */
  | { readonly kind: 'triggers-rest'; readonly place: Place; readonly triggers: readonly RestingTrigger[] }
  | { readonly kind: 'row-security-off'; readonly place: Place; readonly policies: readonly Policy[] }
  /** Change data capture ends for good: its tables hold what production wrote, and its consumers must begin anew. */
  | { readonly kind: 'capture-ends'; readonly place: Place }
  | { readonly kind: 'change-tracking-off'; readonly place: Place; readonly tracksColumns: boolean }
  | { readonly kind: 'versioning-off'; readonly place: Place; readonly history: Place; readonly retention?: string }
  /** A mask changes both ends; the server compares them when the key is enforced again. */
  | { readonly kind: 'foreign-key-rests'; readonly key: Pick<ForeignKey, 'name' | 'from'> }
  /** Once the rows are as they stay. */
  | { readonly kind: 'view-refreshed'; readonly schema: string; readonly view: string }
  | {
      readonly kind: 'statistics-rebuilt';
      readonly place: Place;
      readonly columns: readonly string[];
      readonly extended: TableObstacles['statistics'];
    };

export type RestingTrigger = Pick<TriggerFacts, 'name' | 'kind' | 'state'>;
