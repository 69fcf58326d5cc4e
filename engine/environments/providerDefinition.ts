import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Environment, Sandbox } from '../contracts.ts';
import type { Provider } from './provider.ts';

/** A platform that environments can name in `provider:`. */
export interface ProviderDefinition {
  /** What `settings:` of an environment must look like. */
  readonly settings: { readonly source: z.ZodType; readonly sandbox: z.ZodType };
  /** Whether the installation makes and keeps the backups; Microsoft's own reach back 30 days at most. */
  readonly hasOwnBackups: boolean;
  /** Each database by its server and name, in one spelling, so that a sandbox that is production is found in the file alone. */
  placesOf(kind: 'source' | 'sandbox', settings: unknown, databases: readonly string[]): readonly string[];
  /** Of a platform that keeps sandboxes off production's servers: the server of an environment, in one spelling. */
  serverOf?(kind: 'source' | 'sandbox', settings: unknown): string | undefined;
  open(needs: { readonly clock: Clock }): Provider;
  /** What the service may do there, and what it lacks; absent where a platform has no rights to list. */
  listPermissions?(environment: Environment): Promise<readonly Permission[]>;
  /** What else there works with a sandbox, and what the service may not see; absent where nothing else can. */
  listNeighbours?(sandbox: Sandbox): Promise<Neighbours>;
}

/** One line of `rewind doctor`. */
export interface Permission {
  readonly name: string;
  readonly has: boolean | 'unknown';
  readonly isNeeded: boolean;
  readonly why: string;
  /** The statement that gives or takes it, for whoever administers the server; empty when there is nothing to do. */
  readonly statement: string;
}

/** What else on the server works with the target's databases: it meets the new ones after the swap. */
export interface Neighbours {
  /** One sentence each. */
  readonly found: readonly string[];
  /** What the service may not look at: nobody has said that there is nothing. */
  readonly unseen: readonly string[];
  readonly advice: string;
}
