import type { CheckResult, Instant, RunState, Sandbox, Source } from '../contracts.ts';
import type { Journal } from '../journal/journal.ts';
import { presentRefresh } from '../journal/presentRefresh.ts';
import type { EngineParts } from '../parts.ts';

/** More switches than a sandbox has within any retention that somebody keeps. */
const NEWEST = 200;
/** Drafts and what never began are many, and say nothing here. */
const MAY_HAVE_SWITCHED: readonly RunState[] = [
  ...(['in-progress', 'completed', 'signed-off', 'failed'] as const),
  ...(['rollback-in-progress', 'rolled-back', 'rollback-failed'] as const),
];

/** When the database under a sandbox's name was another one for the last time: a switch, or a rollback, whichever came later. */
async function lastSwitch(journal: Pick<Journal, 'runs'>, target: string): Promise<Instant | undefined> {
  const runs = await journal.runs({ target, states: MAY_HAVE_SWITCHED, limit: NEWEST });
  const switches = runs.flatMap(({ swappedAt, rollback }) => [swappedAt, swappedAt && rollback?.endedAt]);
  return switches
    .filter((at) => at !== undefined)
    .toSorted()
    .at(-1);
}

/** The source as it can be restored from at this moment: of a sandbox, nothing of before its last switch. */
export async function sourceNow({ journal }: Pick<EngineParts, 'journal'>, source: Source): Promise<Source> {
  if (source.kind === 'production') return source;
  const notBefore = await lastSwitch(journal, source.name);
  return notBefore === undefined ? source : { ...source, notBefore };
}

/** The sandbox itself, of which these are the backups. */
export const sandboxOf = (
  { installation }: Pick<EngineParts, 'installation'>,
  { kind, name }: Source,
): Sandbox | undefined =>
  kind === 'production' ? undefined : installation.sandboxes.find((sandbox) => sandbox.name === name);

/** What whoever approves has to know of a source that is no production: nobody vouches for what stands in it. */
export async function sandboxSourceChecks(
  { journal, installation }: Pick<EngineParts, 'journal' | 'installation'>,
  { source, target }: { readonly source: Source; readonly target: Sandbox },
): Promise<readonly CheckResult[]> {
  if (!target.sources.includes(source.name))
    return [
      {
        ...{ name: 'source-not-listed', title: 'The source is not listed', outcome: 'blocked', basis: 'measured' },
        detail: `environments.yaml does not name ${source.title} among the sources of ${target.title}`,
        remedy: 'Plan the refresh from a source that it names, or have it added there.',
      },
    ];
  if (source.kind === 'production') return [];
  const run = await presentRefresh(journal, source.name);
  const from = installation.sources.find(({ name }) => name === run?.source)?.title ?? run?.source;
  const held = run?.at === undefined ? 'data of its own' : `${from ?? ''} as of ${run.at} (${run.runId})`;
  return [
    {
      ...{ name: 'source-is-sandbox', title: 'The source is a sandbox', outcome: 'warning', basis: 'measured' },
      detail: `${source.title} holds ${held}, and whatever was changed in it since`,
      remedy: 'All rules run again on the copy. Ask whoever works there whether its data is what you want.',
    },
  ];
}
