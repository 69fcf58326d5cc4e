import { parseArgs } from 'node:util';
import { LONGEST_RESERVATION_DAYS, type Reservation, type Sandbox } from '../../engine/contracts.ts';
import { idsOfActor, isSamePerson, personOf, reservationOf } from '../../engine/contracts/mayBeDone/index.ts';
import { authorise } from '../../engine/journal/authority.ts';
import { ReservedError } from '../../engine/journal/rule/requestErrors.ts';
import { shownText } from '../../engine/shownText.ts';
import type { CliCommand } from '../command.ts';
import { openCommandContext } from '../commandContext.ts';
import { UsageError } from '../errors.ts';

const DAY_MS = 86_400_000;

export const reserve: CliCommand = {
  name: 'reserve',
  summary: 'Who keeps a sandbox; keep it for a while, or release it',
  usage: 'reserve SANDBOX [--until INSTANT --reason TEXT | --release] [--as NAME]',
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      options: {
        until: { type: 'string' },
        reason: { type: 'string', default: '' },
        release: { type: 'boolean', default: false },
        as: { type: 'string' },
      },
      allowPositionals: true,
    });
    const [name] = positionals;
    const isSet = values.until !== undefined;
    if (name === undefined || (isSet && values.release) || (isSet && values.reason.trim() === ''))
      throw new UsageError(this.usage);
    await using context = await openCommandContext();
    const { journal, desk } = context;
    const sandbox = desk.sandbox(name);
    const present = reservationOf(await journal.hold(sandbox.name), context.now());
    if (!isSet && !values.release) {
      io.out(describe(sandbox, present));
      return 0;
    }
    const actor = context.person(sandbox, values.as);
    authorise(sandbox, actor, values.release && present && !isSamePerson(actor, present.by) ? 'release' : 'reserve');
    if (values.release) {
      const released = await journal.release(sandbox.name, personOf(actor));
      io.out(released ? `${sandbox.title} is no longer reserved.` : describe(sandbox, undefined));
      return 0;
    }
    const until = instantOf(values.until ?? '', context.now());
    if (until === undefined) throw new UsageError(this.usage);
    const wish = { until, reason: values.reason.trim().slice(0, 300), by: personOf(actor), ids: idsOfActor(actor) };
    const { reservation, former } = await journal.reserve(sandbox.name, { ...wish, takesOver: false });
    // Taken over in Teams, where whoever kept it is told.
    if (!reservation && former) throw new ReservedError(sandbox.title, { ...former, by: former.by.name }, sandbox.name);
    io.out(describe(sandbox, reservation));
    return 0;
  },
};

function describe({ title }: Sandbox, reservation: Reservation | undefined): string {
  if (!reservation) return `${title} is not reserved.`;
  const { by, from, until, reason } = reservation;
  return `${title} is reserved by ${shownText(by.name)} from ${from} until ${until}: ${shownText(reason)}`;
}

/** To come, and no later than a reservation may last. */
function instantOf(text: string, now: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return undefined;
  const ms = at.getTime() - Date.parse(now);
  return ms > 0 && ms <= LONGEST_RESERVATION_DAYS * DAY_MS ? at.toISOString() : undefined;
}
