import { REWIND, type Actor, type Run, type Told } from '../../engine/contracts.ts';
import {
  approversLeft,
  handsIn,
  idsOfActor,
  isSamePerson,
  namedIn,
  ownersLeft,
  shapersOf,
  type House,
} from '../../engine/contracts/mayBeDone/index.ts';
import { OutdatedRequestError } from '../../engine/journal/errors.ts';
import type { MessageRow } from '../../engine/journal/messages.ts';
import { ChatBusyError, ChatRefusedError } from '../chat/errors.ts';
import type { AskerParts, Asking } from './asking.ts';
import { createPatience } from './patience.ts';
import { homeOf } from './homeOf.ts';
import { remind } from './remind.ts';
import { remindOfUrgent } from './remindOfUrgent.ts';

export interface Asker {
  /** Looks at every run that awaits a decision; resolves when all that can be done at the moment is done. */
  round(): Promise<void>;
}

/** How long a conversation that takes no message, and says nothing about itself, holds up the next way. */
const PATIENCE_MS = 60_000;
/** How often somebody is tried again who could not be reached. */
const AGAIN_MS = 60_000;

/**
 * Brings the question to whoever may approve, or accept what was found: where it was asked, else to the home of the sandbox; and whoever is not there
 * is asked in their personal chat. Every message is a row before it is sent, and every delivery a record of the run, so a bot
 * that was away goes on where it was.
 */
export function createAsker(parts: AskerParts): Asker {
  const { journal, chat, installation, clock, log } = parts;
  const patience = createPatience(clock);
  const seldom = createPatience(clock);

  const note = async ({ run }: Asking, told: Omit<Told, 'at'>): Promise<void> => {
    const known = run.told?.find(({ to }) => to === told.to);
    if (known && (known.why === undefined || known.why === told.why)) return;
    await journal.record(run.runId, { kind: 'told', ...told }, { actor: REWIND }).catch(unlessDecided);
    const to = told.to === 'here' || told.to === 'home' ? told.to : 'personal';
    if (told.why === undefined) log.info('told', { runId: run.runId, to });
    else log.warn('not-told', { runId: run.runId, to, why: told.why });
  };

  /** Where many read it at once; `pending`: not yet known whether that comes about. */
  const askTogether = async (asking: Asking): Promise<Told | Omit<Told, 'at'> | 'pending' | undefined> => {
    const { run, kind, rows, beside } = asking;
    const isHere = beside !== undefined && !chat.isPersonal(beside.address);
    const address = isHere ? beside.address : await homeOf(parts, asking);
    if (!address) return undefined;
    const to = isHere ? 'here' : 'home';
    const known = run.told?.find((one) => one.to === to);
    if (known && known.why === undefined) return known;
    const conversation = chat.conversationOf(address);
    const row = rows.find((one) => one.kind === kind && chat.conversationOf(one.address) === conversation);
    if (!row && !isHere) await add(asking, { address, conversation, addressee: 'home' });
    const key = `${run.runId} ${to}`;
    if (row && row.posts > 0) {
      const members = await membersOf(asking, row, key);
      if (members === 'pending') return 'pending';
      const told = { to, ...(members ? { members } : {}) };
      await note(asking, told);
      return told;
    }
    // Beside a card that nothing can be written to any more, none is added.
    const gone = row?.goneAt ? row : isHere && beside.goneAt && !row ? beside : undefined;
    if (!gone && !patience.isOver(key, PATIENCE_MS)) return 'pending';
    const told = { to, why: gone ? (gone.goneWhy ?? 'refused') : 'no-answer' } as const;
    await note(asking, told);
    return told;
  };

  /** Which approvers are there; undefined where the chat does not say. */
  const membersOf = async ({ left }: Asking, { address }: MessageRow, key: string) => {
    try {
      const there = await Promise.all(
        left.map(async (approver) => {
          for (const id of idsOfActor(approver)) if (await chat.hasMember(address, id)) return [approver.id];
          return [];
        }),
      );
      return there.flat();
    } catch (error) {
      if (error instanceof ChatBusyError && !patience.isOver(`${key} members`, PATIENCE_MS)) return 'pending';
      return undefined;
    }
  };

  const askAlone = async (asking: Asking, approver: Actor): Promise<void> => {
    const { run, kind, rows } = asking;
    const to = approver.id;
    if (run.told?.some((one) => one.to === to && one.why === undefined)) return;
    const key = `${run.runId} ${to}`;
    const row = rows.find((one) => one.kind === kind && one.addressee === to);
    if (row && row.posts > 0) return note(asking, { to });
    if (row?.goneAt !== undefined) {
      for (const id of idsOfActor(approver)) await journal.forgetPersonalChat(id);
      return note(asking, { to, why: row.goneWhy ?? 'refused' });
    }
    if (row) return patience.isOver(key, PATIENCE_MS) ? note(asking, { to, why: 'no-answer' }) : undefined;
    try {
      const address = await personalChat(asking, approver, key);
      if (address) await add(asking, { address, conversation: chat.conversationOf(address), addressee: to });
    } catch (error) {
      if (error instanceof ChatRefusedError) return note(asking, { to, why: error.why });
      if (!(error instanceof ChatBusyError)) throw error;
      if (error.isOwnFault || patience.isOver(key, PATIENCE_MS)) await note(asking, { to, why: 'no-answer' });
    }
  };

  const personalChat = async (asking: Asking, approver: Actor, key: string) => {
    const ids = idsOfActor(approver);
    const known = await journal.personalChat(ids);
    if (known || !patience.isTurn(`${key} open`, AGAIN_MS)) return known;
    const near = asking.beside?.address ?? (await journal.newestAddress());
    const refusals: unknown[] = [];
    for (const id of ids) {
      try {
        return await chat.openPersonal({ id, tenantId: approver.tenantId }, near);
      } catch (error) {
        refusals.push(error);
      }
    }
    throw refusals[0];
  };

  const add = async ({ run, kind }: Asking, message: Pick<MessageRow, 'address' | 'conversation' | 'addressee'>) => {
    // The same whoever adds it, and however often.
    const { runId } = run;
    const id = `${runId} ${kind === 'approval' ? '' : `${(run.askedException?.digest ?? kind).slice(0, 8)} `}${message.addressee ?? ''}`;
    if (!(await journal.message(id))) await journal.addMessage({ ...message, id, runId, kind });
  };

  const ask = async (run: Run): Promise<void> => {
    const sandbox = installation.sandboxes.find(({ name }) => name === run.target);
    if (!sandbox) return;
    const { people, terminalApproval = false } = installation;
    const house = { sandbox, people, terminalApproval };
    const rows = await journal.cards(run.runId);
    const kind = run.state === 'awaiting-approval' ? 'approval' : 'exception';
    const left = kind === 'exception' ? ownersLeft(run, house) : whomToAsk(run, house);
    const asking: Asking = { run, kind, house, left, rows, beside: rows.find(({ kind }) => kind === 'run') };
    const together = await askTogether(asking);
    if (together !== 'pending') {
      const there = together?.why === undefined ? (together?.members ?? []) : [];
      await Promise.all(left.filter(({ id }) => !there.includes(id)).map((one) => askAlone(asking, one)));
    }
    await remind(parts, asking);
  };

  return {
    async round() {
      const runs = await journal.runs({ states: ['awaiting-approval', 'awaiting-exception'], limit: 1_000 });
      patience.keep(runs.map(({ runId }) => runId));
      await Promise.all(
        runs.map((run) =>
          ask(run).catch((error: unknown) => log.error('approvers-not-asked', { runId: run.runId, err: error })),
        ),
      );
      if (seldom.isTurn('urgent', AGAIN_MS))
        await remindOfUrgent(parts).catch((error: unknown) => log.error('not-reminded-of-urgent', { err: error }));
    },
  };
}

/** What nobody approves, everybody with a role is told of. */
const whomToAsk = (run: Run, house: House): readonly Actor[] =>
  run.isUrgent ? others(run, house) : approversLeft(handsIn(run), house);

function others(run: Run, house: House): readonly Actor[] {
  const all = namedIn(house).filter((one) => !shapersOf(run).some((shaper) => isSamePerson(one, shaper)));
  return all.filter((one, n) => !all.slice(0, n).some((earlier) => isSamePerson(earlier, one)));
}

/** Somebody has decided meanwhile: whom the question has reached no longer matters. */
function unlessDecided(error: unknown): void {
  if (!(error instanceof OutdatedRequestError)) throw error;
}
