import { LONGEST_FREEZE_DAYS, type Freeze, type Sandbox } from '../../engine/contracts.ts';
import { isInForce, personOf } from '../../engine/contracts/mayBeDone/index.ts';
import { authorise } from '../../engine/journal/authority.ts';
import type { Card } from '../../cards/index.ts';
import { inZoneOf, type Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { defineCommand } from './command.ts';
import { FreezeUnclearError } from './errors.ts';
import { readSpan, type SpanRules } from './readSpan.ts';

const RULES: SpanRules = {
  ...{ command: 'freeze', example: 'uat until 5 Dec, month-end', ends: /^(lift|end|off|aufheben)$/i },
  ...{ longestDays: LONGEST_FREEZE_DAYS, Unclear: FreezeUnclearError, name: 'A freeze' },
  why: 'Why is it frozen? The reason stands on every card of the sandbox',
};

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
    const { journal, log } = parts;
    const asked = readSpan(request, parts, RULES);
    const { sandbox } = asked;
    if (asked.kind === 'end') return { card: await lift(parts, request, sandbox) };
    if (asked.kind === 'see') {
      const { freeze: present } = await journal.hold(sandbox.name);
      return { card: freezeCard(parts, request, sandbox, present) };
    }
    const set = await journal.freeze(sandbox.name, { ...asked.span, by: personOf(request.person) });
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
