import type { Effect } from './faults.ts';

/** The service’s identity has the roles of docs/providers/azure-sql.md; the administrator’s also makes locks and takes them away. */
export type Who = 'service' | 'administrator';

/** One request as it came, and what it was answered; 0 when it was cut. */
export interface RecordedRequest {
  /** Whose token came along; nobody's is one that Resource Manager does not take. */
  readonly by: Who | 'nobody';
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  status: number;
}

export interface Asked {
  readonly by: RecordedRequest['by'];
  readonly method: string;
  readonly path: string;
  readonly search: URLSearchParams;
  readonly body: unknown;
  readonly effects: readonly Effect[];
  /** Where the stand-in listens, for the addresses in its answers. */
  readonly origin: string;
  /** The login that owns what the service copies. */
  readonly owner: string;
}
