import type { Sandbox, Schedule } from '../../engine/contracts.ts';
import { approversWanted, missingIn } from '../../engine/contracts/mayBeDone/index.ts';
import { scheduleFormCard, schedulePreviewCard, type Card, type ScheduleEntry } from '../../cards/index.ts';
import type { Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { EMPTY_ENTRY, type FoundProblem } from '../schedules/entries.ts';
import { firstOf } from '../schedules/outlook.ts';
import { approversFor, refuseSetUp, type checkWish } from '../schedules/setUp.ts';

type Parts = Pick<BotParts, 'installation' | 'journal' | 'renderer' | 'clock'>;

export interface Filled {
  readonly entry: ScheduleEntry;
  readonly problems?: readonly FoundProblem[];
  readonly refusal?: { readonly message: string; readonly remedy: string };
  readonly schedule?: Schedule | undefined;
}

/** A schedule to fill in. @throws NotAllowedError, ScheduleUnattendedError, NobodyLeftError: nobody fills it in in vain */
export function openForm(
  parts: Parts,
  audience: Audience,
  sandbox: Sandbox,
  { entry, problems = [], refusal, schedule }: Filled = { entry: { ...EMPTY_ENTRY, source: sandbox.sources[0] ?? '' } },
): Card {
  const { installation, renderer } = parts;
  refuseSetUp(parts, sandbox, audience.person);
  const { requests } = sandbox;
  return scheduleFormCard({
    ...renderer.readership(audience),
    ...{ target: sandbox.name, targetTitle: sandbox.title, targetZone: sandbox.timeZone },
    sources: sandbox.sources.map((name) => ({ name, title: titleOf(parts, name) })),
    ...{ entry, problems, ...(refusal ? { refusal } : {}) },
    approvers: approversFor(installation, sandbox, audience.person).map(({ name }) => name),
    wanted: approversWanted(sandbox),
    ...(sandbox.policy.approvals ? { approvals: sandbox.policy.approvals } : {}),
    needsReason: missingIn('', requests) !== undefined,
    ...(requests?.ticket ? { ticketExample: requests.ticket.example } : {}),
    ...(schedule ? { schedule: schedule.number } : {}),
  });
}

/** What would be set up, with its next dates. */
export async function previewCard(
  parts: Parts,
  audience: Audience,
  sandbox: Sandbox,
  {
    source,
    rule,
    reason,
    text,
    schedule,
  }: Awaited<ReturnType<typeof checkWish>> & {
    readonly text: string;
    readonly schedule?: Schedule | undefined;
  },
): Promise<Card> {
  const { journal, renderer, clock } = parts;
  const [survey, { freeze }] = await Promise.all([journal.survey(sandbox.name), journal.hold(sandbox.name)]);
  const from = source === sandbox.sources[0] ? '' : ` from ${source}`;
  return schedulePreviewCard({
    ...renderer.readership(audience),
    ...{ target: sandbox.name, targetTitle: sandbox.title, source, sourceTitle: titleOf(parts, source) },
    ...{ rule, reason, wish: text, ...(freeze ? { freeze } : {}) },
    ...(sandbox.policy.approvals ? { approvals: sandbox.policy.approvals } : {}),
    coming: firstOf({ rule, source }, { sandbox, survey, now: clock.now(), count: 3 }),
    typed: `/schedule ${sandbox.name}${from} ${text}${reason === '' ? '' : ` because ${reason}`}`,
    ...(schedule ? { schedule: schedule.number } : {}),
  });
}

function titleOf({ installation }: Pick<Parts, 'installation'>, source: string): string {
  return installation.sources.find(({ name }) => name === source)?.title ?? source;
}
