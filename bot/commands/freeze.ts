import { LONGEST_FREEZE_DAYS, type Freeze, type Instant, type Sandbox } from '../../engine/contracts.ts';
import { isInForce, personOf } from '../../engine/contracts/mayBeDone/index.ts';
import { authorise } from '../../engine/journal/authority.ts';
import type { Card } from '../../cards/index.ts';
import type { Audience } from '../answer.ts';
import { readEnd } from '../moments/readEnd.ts';
import type { BotParts } from '../parts.ts';
import { defineCommand } from './command.ts';
import { FreezeUnclearError, NameMissingError } from './errors.ts';

const DAY_MS = 86_400_000;

/** A time in which nothing of a sandbox is asked for, started or switched: set and lifted by whoever may approve. */
export const freeze = defineCommand({
  name: 'freeze',
  description: 'Let nothing of a sandbox be switched for a while',
  needs: 'freeze',
  usages: [
    {
      usage: '/freeze uat until 5 Dec, month-end',
      does: 'Until the end of that day no refresh of UAT is asked for, started or switched; also until Friday 18:00, in the zone of UAT',
    },
    { usage: '/freeze uat lift', does: 'End the freeze now; /freeze uat says whether there is one' },
  ],
  async run(request, parts) {
    const { desk, journal, clock, log } = parts;
    const [name = '', ...words] = request.rest.split(' ');
    if (name === '') throw new NameMissingError('freeze', 'uat until 5 Dec, month-end', { takesRuns: false });
    const sandbox = desk.sandbox(name.toLowerCase());
    const rest = words.join(' ').trim();
    if (rest === '') {
      authorise(sandbox, request.person, 'read');
      const { freeze: present } = await journal.hold(sandbox.name);
      return { card: freezeCard(parts, request, sandbox, present) };
    }
    if (/^(lift|end|off|aufheben)$/i.test(rest)) return { card: await lift(parts, request, sandbox) };
    authorise(sandbox, request.person, 'freeze');
    const wish = readWish(rest, sandbox, clock.now());
    const set = await journal.freeze(sandbox.name, { ...wish, by: personOf(request.person) });
    log.info('frozen', { target: sandbox.name, until: set.until });
    return { card: freezeCard(parts, request, sandbox, set) };
  },
});

/** @throws NotAllowedError unless the person may approve for the sandbox */
export async function lift(parts: BotParts, audience: Audience, sandbox: Sandbox): Promise<Card> {
  const { journal, renderer, log } = parts;
  authorise(sandbox, audience.person, 'freeze');
  const lifted = await journal.liftFreeze(sandbox.name, personOf(audience.person));
  if (lifted) log.info('freeze-lifted', { target: sandbox.name });
  return lifted
    ? renderer.notice(inZoneOf(sandbox, audience), {
        tone: 'info',
        title: `${sandbox.title} is no longer frozen`,
        text: `${lifted.by.name} had frozen it until ${lifted.until}: ${lifted.reason}`,
        remedy: 'What waited for the end of the freeze goes on by itself; a switch is announced anew.',
      })
    : freezeCard(parts, audience, sandbox, undefined);
}

function freezeCard(
  { renderer, clock }: Pick<BotParts, 'renderer' | 'clock'>,
  audience: Audience,
  sandbox: Sandbox,
  freeze: Freeze | undefined,
): Card {
  const { title, name } = sandbox;
  if (!isInForce(freeze, clock.now()))
    return renderer.notice(audience, {
      tone: 'info',
      title: `${title} is not frozen`,
      text: `Refreshes of ${title} can be asked for, started and switched.`,
      remedy: `Whoever may approve freezes it: /freeze ${name} until 5 Dec, month-end.`,
    });
  return renderer.notice(inZoneOf(sandbox, audience), {
    tone: 'info',
    title: `${title} is frozen`,
    text: `Until ${freeze.until}, by ${freeze.by.name}: ${freeze.reason}`,
    remedy:
      'No refresh of it is asked for, started or switched until then; one that is under way waits before its switch. Stop and Rollback work all the same. Whoever may approve lifts it.',
    lift: name,
  });
}

/** Days were read in that zone: whoever typed “until 5 Dec” knows that day again. */
const inZoneOf = ({ timeZone }: Sandbox, { locale }: Audience) => ({ zone: timeZone, locale });

/** `until 5 Dec, month-end`: days and times of the sandbox's zone; what follows the comma is the reason. */
function readWish(rest: string, { timeZone }: Sandbox, now: Instant): Pick<Freeze, 'until' | 'reason'> {
  const [end = '', ...reasons] = rest.split(',');
  const reason = reasons.join(',').trim();
  const reading = readEnd(end, { now, zone: timeZone });
  if (reading.kind === 'which') throw new FreezeUnclearError(`“${end.trim()}” can mean ${reading.ends.join(' or ')}`);
  if (reading.kind === 'past') throw new FreezeUnclearError(`“${end.trim()}” is over already`);
  if (reading.kind === 'unreadable') throw new FreezeUnclearError(`“${end.trim()}” is not an end to come`);
  if (Date.parse(reading.at) - Date.parse(now) > LONGEST_FREEZE_DAYS * DAY_MS)
    throw new FreezeUnclearError(`A freeze lasts ${String(LONGEST_FREEZE_DAYS)} days at most`);
  if (reason === '') throw new FreezeUnclearError('Why is it frozen? The reason stands on every card of the sandbox');
  return { until: reading.at, reason: reason.slice(0, 300) };
}
