import type { Instant, Sandbox, Source } from '../../contracts.ts';
import type { ReadSession, Session } from '../../environments/provider.ts';
import { hasLedger } from '../../sanitization/passes/ledger.ts';
import type { FittedDatabase } from '../../sanitization/sanitizeDatabase.ts';
import { collectValues, legalEntities } from './collectValues.ts';
import { hostsOf } from './hostsOf.ts';
import { beginCollection, endCollection, keepPages, readNote, type CopySessions } from './sideTable.ts';
import { signInsOf } from '../../sanitization/profile/writeUsers.ts';
import type { PlannedRows } from '../../sanitization/target/plannedRows.ts';
import { keptOfTarget } from './keptOfTarget.ts';
import { createPages } from './pages.ts';

export interface CollectOnceContext {
  /** Not yet sanitized. */
  readonly copy: CopySessions<Session>;
  /** The sandbox as it is in use: what it keeps of its own is left out. */
  readonly living: ReadSession;
  readonly source: Pick<Source, 'settings'>;
  readonly target: Pick<Sandbox, 'settings' | 'administrator'>;
  /** Ids of users of the sandbox who may come back, with their own ways to sign in. */
  readonly returning?: readonly string[];
  /** Rows that the sandbox keeps of its own, as the plan has seen them; without it, all that it has now. */
  readonly planned?: PlannedRows | undefined;
  readonly now: () => Instant;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((percent: number, detail: string) => void) | undefined;
  readonly log?: ((text: string) => void) | undefined;
}

/**
 * Notes what the rules protect, before the first of them runs. Safe to repeat: what a whole collection has noted stays, what one that
 * broke off has noted is made anew. Once a rule has begun it is too late: then there is nothing to note any more.
 */
export async function collectOnce(context: CollectOnceContext, fitted: readonly FittedDatabase[]): Promise<void> {
  const { copy, living, source, target, now, signal, progress, log, returning = [], planned } = context;
  const { application } = copy;
  if ((await readNote(application)) !== undefined || (await hasLedger(application))) return;
  const startedAt = Date.parse(now());
  const { signIn, objectId, tenantId } = target.administrator;
  const ownHosts = new Set(hostsOf(target.settings));
  const keys = await beginCollection(copy);
  const rules = fitted.flatMap(({ fit }) => fit.rules);
  const spared = [
    ...[signIn, objectId],
    ...(await legalEntities(application)),
    ...(await keptOfTarget(living, rules, target, planned)),
    ...(await signInsOf(living, returning)),
  ];
  const known = hostsOf(source.settings)
    .filter((host) => !ownHosts.has(host))
    .map((value) => ({ kind: 'host' as const, value }));
  // On a session of its own, what is noted is put aside while more is being read.
  const open = fitted.find(({ sessions }) => sessions.session === application)?.sessions.open;
  await using beside = await open?.();
  await using pages = createPages((some) => keepPages(beside ?? application, some, keys), beside !== undefined);
  const note = await collectValues({
    databases: fitted.map(({ sessions, fit, scope }) => ({ session: sessions.session, rules: fit.rules, scope })),
    ...{ keys, pages, signal, spared, known, sparedParts: [tenantId] },
    progress: (done, of) => progress?.(0, `what is protected is noted: ${String(done)} of ${String(of)} tables`),
  });
  await endCollection(application, note);
  const seconds = ((Date.parse(now()) - startedAt) / 1000).toFixed(0);
  const more = note.isCut ? ', and there are more' : '';
  log?.(
    `${(note.personal + note.endpoints).toLocaleString('en')} protected values noted, as keyed hashes${more}, in ${seconds} s`,
  );
}
