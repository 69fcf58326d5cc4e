import type { Told } from '../../engine/contracts.ts';
import { idsOf } from '../../engine/contracts/mayBeDone/index.ts';
import type { Fact, RunContext, Subject } from '../run/runContext.ts';
import { joinMd, rich, type Md, type Raw } from '../text.ts';

/** What became of the question whether a plan is approved: read from the deliveries, never supposed. */
export interface Asked {
  readonly text: Md;
  readonly facts: readonly Fact[];
  /** What the requester can send to somebody, when Rewind has reached nobody. */
  readonly forwards: readonly { readonly title: Md; readonly text: Raw }[];
}

export function askedOf(subject: Subject, context: RunContext): Asked {
  const { r, run, runId, target, source } = subject;
  const words = r.words.waiting;
  const told = run.told ?? [];
  const [reached, unreached] = [told.filter(({ why }) => !why), told.filter(({ why }) => why)];
  const isOver = context.approvers.every(({ id }) => told.some(({ to }) => to === id));
  const isNobody = told.length > 0 && reached.length === 0 && isOver;
  const list = (title: Md, lines: readonly Md[]) =>
    lines.length === 0 ? [] : [{ title, value: joinMd(lines, '\n\n') }];
  const request = words.request(r.verbatim(run.requestedBy.name, 60), target, source, runId);
  return {
    text: isNobody ? words.nobodyTold : reached.length > 0 ? words.text : words.sending,
    facts: [
      ...list(
        words.told,
        reached.map((one) => reachedLine(subject, context, one)),
      ),
      ...list(
        words.notTold,
        unreached.map((one) => unreachedLine(subject, context, one)),
      ),
    ],
    forwards: isNobody
      ? [
          {
            title: words.forward,
            text: context.house?.terminalApproval ? words.requestOrTerminal(request, runId) : request,
          },
        ]
      : [],
  };
}

function reachedLine({ r, target }: Subject, context: RunContext, { to, at, members = [] }: Told): Md {
  const words = r.words.waiting;
  const time = r.clock(at);
  if (to !== 'here' && to !== 'home') return words.inPerson(nameOf(context, r.plain, to), time);
  const place = to === 'here' ? words.here : words.home(target);
  const there = members.map((id) => nameOf(context, r.plain, id));
  return there.length === 0 ? rich`${place}, ${time}` : rich`${joinMd(there, ', ')}: ${place}, ${time}`;
}

function unreachedLine({ r, target }: Subject, context: RunContext, { to, why = 'refused' }: Told): Md {
  const words = r.words.waiting;
  const isPlace = to === 'here' || to === 'home';
  const whom = to === 'here' ? words.here : to === 'home' ? words.home(target) : nameOf(context, r.plain, to);
  return rich`${whom}: ${isPlace ? words.whyNotThere[why] : words.whyNot[why]}`;
}

function nameOf({ house, approvers }: RunContext, plain: (text: string, length: number) => Md, id: string): Md {
  const known = house?.people.find((one) => idsOf(one).includes(id)) ?? approvers.find((one) => one.id === id);
  return plain(known?.name ?? id, 60);
}
