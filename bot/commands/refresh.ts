import { authorise } from '../../engine/journal/authority.ts';
import { NotAllowedError, SourceNotListedError } from '../../engine/journal/errors.ts';
import { surveyFrom } from '../../engine/recovery/surveyFrom.ts';
import { isAllowed } from '../rendering/access.ts';
import { typedMoment } from '../moments/momentOf.ts';
import { defineCommand, type CommandRequest } from './command.ts';

export const refresh = defineCommand({
  name: 'refresh',
  description: 'Refresh a sandbox from production as it stood at a chosen moment',
  needs: 'draft',
  usages: [
    { usage: '/refresh uat', does: 'Choose a moment, read the plan, ask for approval' },
    {
      usage: '/refresh uat yesterday 6pm',
      does: 'The same with the moment given, as you would say it: 22.11. 18 Uhr, last Friday 18:00',
    },
    { usage: '/refresh uat latest', does: 'Production as late as it can be had; also 2h ago, 3 days ago' },
    {
      usage: '/refresh uat urgent latest',
      does: 'Without an approval, where the file names you for it: everybody is told, and may stop it before it starts',
    },
    { usage: '/refresh test from uat latest', does: 'From another sandbox, where the file names it as a source' },
  ],
  async run(request, { installation, journal, desk, renderer, clock }) {
    const { target, source, moment, isUrgent } = readRest(request);
    const firstOwn = () => installation.sandboxes.find((one) => isAllowed(one, request.person, 'draft'));
    const sandbox = target === '' ? firstOwn() : desk.sandbox(target);
    if (!sandbox) throw new NotAllowedError('ask for a refresh', 'any sandbox');
    authorise(sandbox, request.person, 'draft');
    if (isUrgent) authorise(sandbox, request.person, 'urgent');
    const from = source ?? sandbox.sources[0] ?? '';
    if (!sandbox.sources.includes(from)) throw new SourceNotListedError(sandbox, from);
    const found =
      moment === ''
        ? undefined
        : typedMoment(moment, surveyFrom(await journal.survey(sandbox.name), from), {
            now: clock.now(),
            zone: request.zone,
            named: installation.moments,
          });
    // A typing mistake makes no run and no number.
    if (found?.kind === 'no-moment')
      return {
        card: renderer.notice(request, {
          tone: 'refused',
          title: found.message,
          text: `“${moment}” after ${sandbox.name} was read as a moment.`,
          remedy: found.remedy,
          refresh: sandbox.name,
        }),
      };
    const run = await desk.draft(request.person, sandbox.name, request.zone, undefined, from, { isUrgent });
    const shows = { run, kind: 'run' } as const;
    if (found === undefined) return { card: await renderer.choose(request, run), shows };
    switch (found.kind) {
      case 'refused':
        return { card: await renderer.choose(request, run, found), shows };
      case 'which':
        return { card: renderer.askWhich(request, run, found.instants), shows };
      case 'at': {
        const planning = await desk.chooseMoment(request.person, run.runId, found.at);
        return { card: await renderer.run(request, planning, 'run'), shows: { run: planning, kind: 'run' } };
      }
    }
  },
});

const COURTESY = /^(?:please|bitte)[,.!]?$/i;

/** `uat`, `uat at MOMENT`, `uat MOMENT`, each also with `urgent` and `from SOURCE` behind the sandbox. */
function readRest({ rest }: CommandRequest) {
  const said = rest.split(' ').filter((word, n) => !COURTESY.test(word) && !(n === 0 && /^the$/i.test(word)));
  const [target = '', ...words] = said;
  const isUrgent = /^(urgent|dringend)$/i.test(words[0] ?? '');
  if (isUrgent) words.shift();
  const source = words[0]?.toLowerCase() === 'from' ? words.splice(0, 2)[1] : undefined;
  if (words[0]?.toLowerCase() === 'at') words.shift();
  return {
    target: target.replace(/[,.!]$/, '').toLowerCase(),
    source: source?.toLowerCase(),
    moment: words.join(' '),
    isUrgent,
  };
}
