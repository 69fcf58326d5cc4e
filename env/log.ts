import { pino } from 'pino';
import { errSerializer } from '../engine/errors.ts';
import { limitRepeats } from './repeats.ts';

/** Structured log: an event name, then fields. Every line is scrubbed as text, because secrets hide in messages too. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** No line is repeated faster than once a minute per cause. */
export function createLog(name: string, level: string, scrub: (text: string) => string, elapsedMs: () => number): Log {
  const write = (line: string) => process.stdout.write(`${scrub(line.trimEnd())}\n`);
  const logger = pino({ name, level, timestamp: pino.stdTimeFunctions.isoTime }, { write });
  const limit = limitRepeats(elapsedMs);
  const told =
    (level: 'info' | 'warn' | 'error'): Log['info'] =>
    (event, given = {}) => {
      // Before pino sees an error: it would take its text for the message of the line.
      const fields = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, errSerializer(value)]));
      const more = limit(event, fields);
      if (more !== undefined) logger[level]({ event, ...fields, ...more });
    };
  return { info: told('info'), warn: told('warn'), error: told('error') };
}
