import { LONGEST_FREEZE_DAYS, type Freeze, type Sandbox } from '../../engine/contracts.ts';
import { isInForce, personOf } from '../../engine/contracts/mayBeDone/index.ts';
import { authorise } from '../../engine/journal/authority.ts';
import { NotAllowedError } from '../../engine/journal/errors.ts';
import type { Card } from '../../cards/index.ts';
import { inZoneOf, type Audience } from '../answer.ts';
import type { BotParts } from '../parts.ts';
import { isAllowed } from '../rendering/access.ts';
import { type CommandRequest, defineCommand } from './command.ts';
import { FreezeUnclearError } from './errors.ts';
import { readSpan, type SpanAsked, type SpanRules } from './readSpan.ts';

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
    {
      usage: '/freeze uat lift',
      does: 'End the freeze now; /freeze uat says whether there is one; /freeze all … is every sandbox that you may freeze',
    },
  ],
  async run(request, parts) {
    const { journal } = parts;
    const [name = '', ...words] = request.rest.split(' ');
    if (isAll(parts, name)) return { card: await freezeAll(parts, request, words.join(' ')) };
    const asked = readSpan(request, parts, RULES);
    const { sandbox } = asked;
    if (asked.kind === 'end') return { card: await lift(parts, request, sandbox) };
    if (asked.kind === 'see') {
      const { freeze: present } = await journal.hold(sandbox.name);
      return { card: freezeCard(parts, request, sandbox, present) };
    }
    return { card: freezeCard(parts, request, sandbox, await set(parts, request, asked)) };
  },
});

async function set(
  { journal, log }: BotParts,
  { person }: Audience,
  { sandbox, span }: Extract<SpanAsked, { readonly kind: 'begin' }>,
): Promise<Freeze> {
  const frozen = await journal.freeze(sandbox.name, { ...span, by: personOf(person) });
  log.info('frozen', { target: sandbox.name, until: frozen.until });
  return frozen;
}

const isAll = ({ installation: { sandboxes } }: BotParts, name: string): boolean =>
  /^(all|alle)$/i.test(name) && !sandboxes.some((one) => one.name === name.toLowerCase());

/** Every sandbox that the person may freeze, each in its own zone. @throws NotAllowedError when there is none */
async function freezeAll(parts: BotParts, request: CommandRequest, rest: string): Promise<Card> {
  const { installation, journal, clock, renderer } = parts;
  const own = installation.sandboxes.filter((one) => isAllowed(one, request.person, 'freeze'));
  if (own.length === 0) throw new NotAllowedError('set or lift a freeze', 'any sandbox');
  // All are read first: what is not understood freezes none of them.
  const asked = own.map(({ name }) => readSpan({ ...request, rest: `${name} ${rest}`.trim() }, parts, RULES));
  for (const one of asked) {
    if (one.kind === 'end') await lift(parts, request, one.sandbox);
    if (one.kind === 'begin') await set(parts, request, one);
  }
  const lines = await Promise.all(
    own.map(async ({ name, title }) => {
      const { freeze: present } = await journal.hold(name);
      return isInForce(present, clock.now())
        ? `${title}: frozen until ${present.until}, by ${present.by.name}: ${present.reason}`
        : `${title}: not frozen`;
    }),
  );
  return renderer.notice(request, {
    tone: 'info',
    title: 'Every sandbox that you may freeze',
    text: lines.join('. '),
    remedy: `End it for one: /freeze ${own[0]?.name ?? ''} lift. For all of them: /freeze all lift.`,
  });
}

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
