import { pause } from './execute/context.ts';
import { SqlError } from './sql/sqlError.ts';
import type { Session } from './state/model.ts';
import { killSession } from './state/sessions.ts';
import { deadlock } from './state/turns.ts';

/** What goes wrong. `cut` ends the connection without a word, `kill` with error 596, `hold` waits for `release`. */
export type FaultEffect =
  | 'cut'
  | 'kill'
  | 'deadlock'
  | 'hold'
  | { readonly delayMs: number }
  | {
      readonly error: {
        readonly number: number;
        readonly severity?: number;
        readonly state?: number;
        readonly message?: string;
      };
    }
  | { readonly errors: readonly (readonly [number: number, message: string])[] }
  | { readonly run: (session: Session) => void | Promise<void> };

export interface FaultWish {
  /** Of the text of one statement. */
  readonly match: RegExp;
  readonly login?: string;
  /** The first that matches, unless told otherwise; `every` does not wear off. */
  readonly nth?: number | 'every';
  /** `after` means the statement has taken effect, though its caller never hears so. */
  readonly when?: 'before' | 'after';
  /** Of a RESTORE, BACKUP or CHECKDB: when it has come so far. */
  readonly atPercent?: number;
  readonly effect: FaultEffect;
}

export interface Fault {
  /** Resolves when the statement has come to the fault. */
  readonly reached: Promise<void>;
  /** Lets a held statement go on. */
  release(): void;
  /** Takes the fault away. */
  remove(): void;
}

/** Logins that are turned away before anybody looks who they are, as a platform does that moves a database. */
export interface LoginFault {
  readonly number: number;
  /** So many of them. */
  readonly times: number;
  /** That ask for such a database. */
  readonly database?: RegExp;
}

export interface Faults {
  add(wish: FaultWish): Fault;
  addLogin(wish: LoginFault): void;
  /** The number that a login is turned away with. */
  turnedAway(database: string): number | undefined;
  strike(session: Session, text: string, moment: 'before' | 'after' | number, signal: AbortSignal): Promise<void>;
}

export function createFaults(): Faults {
  const pending = new Set<{ wish: FaultWish; left: number; meet: () => void; gate: Promise<void> }>();
  const logins: { readonly wish: LoginFault; left: number }[] = [];
  return {
    addLogin: (wish) => void logins.push({ wish, left: wish.times }),
    turnedAway(database) {
      const struck = logins.find(({ wish, left }) => left > 0 && (wish.database?.test(database) ?? true));
      if (struck === undefined) return undefined;
      struck.left -= 1;
      return struck.wish.number;
    },
    add(wish) {
      const met = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      const entry = {
        wish,
        left: wish.nth === 'every' ? Infinity : (wish.nth ?? 1),
        meet: met.resolve,
        gate: gate.promise,
      };
      pending.add(entry);
      return { reached: met.promise, release: gate.resolve, remove: () => void pending.delete(entry) };
    },
    async strike(session, text, moment, signal) {
      for (const entry of [...pending]) {
        const { wish } = entry;
        const isMoment =
          wish.atPercent === undefined
            ? moment === (wish.when ?? 'before')
            : typeof moment === 'number' && moment >= wish.atPercent;
        if (!isMoment || !wish.match.test(text)) continue;
        if (wish.login !== undefined && wish.login !== session.login.name) continue;
        if (entry.left !== Infinity) entry.left -= 1;
        if (entry.left > 0 && entry.left !== Infinity) continue;
        if (entry.left <= 0) pending.delete(entry);
        entry.meet();
        await take(wish.effect, session, entry.gate, signal);
      }
    },
  };
}

async function take(effect: FaultEffect, session: Session, gate: Promise<void>, signal: AbortSignal): Promise<void> {
  if (effect === 'cut') {
    session.cut();
    throw new Error('cut by a fault');
  }
  if (effect === 'kill') {
    killSession(session);
    throw new Error('killed by a fault');
  }
  if (effect === 'deadlock') throw deadlock(session.id);
  if (effect === 'hold') {
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('cancelled')), { once: true });
    });
    await Promise.race([gate, stopped]);
  } else if ('delayMs' in effect) {
    await pause(effect.delayMs, signal);
  } else if ('run' in effect) {
    await effect.run(session);
  } else if ('errors' in effect) {
    throw new SqlError(effect.errors.map(([number, message]) => ({ number, severity: 16, state: 1, message })));
  } else {
    const { number, severity = 16, state = 1, message = `Error ${number} on demand.` } = effect.error;
    if (severity >= 20) {
      session.kill({ number, severity, state, message });
      throw new Error('ended by a fault');
    }
    throw new SqlError([{ number, severity, state, message }]);
  }
}
