import type { Run, Sandbox } from '../../engine/contracts.ts';
import { runsByAttention } from '../../engine/journal/attention.ts';
import { findRuns } from '../../engine/journal/findRuns.ts';
import { historyCard, type Card } from '../../cards/index.ts';
import type { Audience } from '../answer.ts';
import type { ReadSearch } from '../commands/readSearch.ts';
import type { BotParts } from '../parts.ts';
import { isAllowed, mayAskSomewhere } from './access.ts';

const SHOWN = 10;

/**
 * Runs of one sandbox, or of all that the person may look at, ten at a time: what waits for people first, or those that were
 * looked for, newest first.
 */
export async function runsCard(
  { installation, journal, renderer }: Pick<BotParts, 'installation' | 'journal' | 'renderer'>,
  audience: Audience,
  {
    sandbox,
    page = 0,
    search = { text: '', search: {} },
    first = [],
  }: {
    readonly sandbox?: Sandbox;
    readonly page?: number;
    readonly search?: ReadSearch;
    /** On top of the list, whether they fit or not. */
    readonly first?: readonly Run[];
  } = {},
): Promise<Card> {
  const own = installation.sandboxes.filter((one) => isAllowed(one, audience.person, 'read'));
  const asked = sandbox ? [sandbox] : own;
  const list = { targets: asked.map(({ name }) => name), from: page * SHOWN, count: SHOWN };
  const { runs, hasMore, isCut } =
    search.text === ''
      ? { ...(await runsByAttention(journal, list)), isCut: false }
      : await findRuns(journal, search.search, list);
  return historyCard({
    ...renderer.readership(audience),
    ...(sandbox && page === 0 ? { last: await lastOf(journal, sandbox) } : {}),
    targetTitle: sandbox?.title,
    target: sandbox?.name,
    runs: [...first, ...runs.filter(({ runId }) => !first.some((one) => one.runId === runId))].map((run) => ({
      run,
      targetTitle: asked.find(({ name }) => name === run.target)?.title ?? run.target,
    })),
    page,
    hasMore,
    isCut,
    hasNoRole: own.length === 0,
    mayAsk: mayAskSomewhere(installation, audience.person),
    search: {
      ...search.search,
      text: search.text,
      isOwn: search.by === 'me',
      by: search.by === 'me' ? audience.person.name : search.by,
    },
  });
}

async function lastOf(journal: BotParts['journal'], { name }: Sandbox) {
  const [[freeze], [reservation]] = await Promise.all([journal.freezes(name), journal.reservations(name)]);
  return { freeze, reservation };
}
