import type { ScheduledFor } from '../../engine/contracts.ts';
import type { Reader } from '../reader.ts';
import type { Md } from '../text.ts';
import type { Fact, Subject } from './runContext.ts';
import { scheduleId } from '../scheduleWords.ts';

/** When a run of a schedule starts, and what is still to be found out then; nothing for any other run. */
export function scheduledFacts({ r, run, source }: Subject): readonly Fact[] {
  const { scheduled, plan } = run;
  if (!scheduled) return [];
  const words = r.words.scheduled;
  return [
    { title: words.starts, value: whenOf(r, scheduled) },
    ...(plan?.triedWith === undefined
      ? []
      : [
          {
            title: words.ahead,
            value: words.aheadText(source, r.moment(plan.triedWith), r.moment(plan.binding.at.application)),
          },
        ]),
  ];
}

/** The same once nothing comes of it any more. */
export const occurrenceFact = ({ r }: Subject, scheduled: ScheduledFor): Fact => ({
  title: r.words.scheduled.of,
  value: whenOf(r, scheduled),
});

const whenOf = (r: Reader, { at, schedule }: ScheduledFor): Md =>
  r.words.scheduled.startsText(r.instant(at), scheduleId(r, schedule));
