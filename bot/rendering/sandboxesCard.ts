import type { Run, RunState, Sandbox } from '../../engine/contracts.ts';
import { idsOfActor, WAITS, waitsFor } from '../../engine/contracts/mayBeDone/index.ts';
import { statusCard, type Card } from '../../cards/index.ts';
import type { Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { isAllowed, mayAskSomewhere } from './access.ts';
import { rightsOn } from './rights.ts';
import { nextStart } from '../schedules/nextStart.ts';
import { presentRefresh } from '../../engine/journal/presentRefresh.ts';

type Parts = Pick<BotParts, 'installation' | 'journal' | 'renderer' | 'desk' | 'clock'>;

/** They hold their sandbox or belong to a schedule: however many there are, all are open. */
const ASKS: readonly RunState[] = ['awaiting-approval', 'awaiting-exception', 'awaiting-cutover'];
/** Of what has ended, and there is ever more of: the newest. */
const LOOKED_AT = 20;
const MAY_WAIT: readonly RunState[] = ['failed', 'rollback-failed', 'completed'];
/** Final, and still to be acknowledged where they were urgent. */
const MAY_BE_UNSEEN: readonly RunState[] = ['signed-off', 'rolled-back'];

/** Every sandbox that the person may look at, or `only` that one: free, or held by which run; and what of it waits for them. */
export async function sandboxesCard(parts: Parts, audience: Audience, page = 0, only?: Sandbox): Promise<Card> {
  const { installation, renderer } = parts;
  const looked = only ? [only] : installation.sandboxes;
  const own = looked.filter((sandbox) => isAllowed(sandbox, audience.person, 'read'));
  const found = await Promise.all(own.map((sandbox) => statusOf(parts, audience, sandbox)));
  const runs = found.flatMap(({ waits }) => waits);
  return statusCard({
    ...renderer.readership(audience),
    sandboxes: found.map(({ status }) => status),
    waits: {
      name: audience.person.name,
      runs: runs.toSorted((a, b) => WAITS.indexOf(a.wait) - WAITS.indexOf(b.wait)),
    },
    page,
    mayAsk: mayAskSomewhere(installation, audience.person),
  });
}

async function statusOf({ installation, journal, desk, clock }: Parts, { person }: Audience, sandbox: Sandbox) {
  const { name, title, sources } = sandbox;
  const hold = await journal.hold(name);
  const [run, drafts, asking, ended, unseen, lastRun, survey, next] = await Promise.all([
    hold.heldBy === undefined ? undefined : journal.run(hold.heldBy),
    // Anybody may have any number of them: only those that the person had a hand in.
    journal.runs({ target: name, states: ['draft'], actors: idsOfActor(person) }),
    journal.runs({ target: name, states: ASKS }),
    journal.runs({ target: name, states: MAY_WAIT, limit: LOOKED_AT }),
    sandbox.urgent ? journal.runs({ target: name, states: MAY_BE_UNSEEN, limit: LOOKED_AT }) : [],
    presentRefresh(journal, name),
    journal.survey(name),
    nextStart({ journal, clock }, sandbox),
  ]);
  const situation = { now: clock.now(), actor: person, house: desk.house(name), hold };
  const waits = [...asking, ...ended, ...unseen, ...drafts].flatMap((each) => {
    const wait = waitsFor(each, situation);
    return wait ? [{ run: each, targetTitle: title, wait }] : [];
  });
  const rights = rightsOn({ installation }, sandbox, person);
  const isWaiting = ({ state }: Run) => state === 'awaiting-approval';
  const sourceTitle = installation.sources.find((source) => source.name === sources[0])?.title ?? sources[0] ?? '';
  const shown = {
    title,
    sourceTitle,
    run,
    lastRun,
    survey,
    rights,
    freeze: hold.freeze,
    reservation: hold.reservation,
    next,
  };
  return { status: { ...shown, waiting: asking.filter(isWaiting) }, waits };
}
