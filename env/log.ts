import { pino } from 'pino';
import { errSerializer } from '../engine/errors.ts';

/** Structured log: an event name, then fields. Every line is scrubbed as text, because secrets hide in messages too. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

export function createLog(name: string, level: string, scrub: (text: string) => string): Log {
  const write = (line: string) => process.stdout.write(`${scrub(line.trimEnd())}\n`);
  const logger = pino({ name, level, timestamp: pino.stdTimeFunctions.isoTime }, { write });
  // Before pino sees an error: it would take its text for the message of the line.
  const told = (fields: Readonly<Record<string, unknown>> = {}) =>
    Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, errSerializer(value)]));
  return {
    info: (event, fields) => logger.info({ event, ...told(fields) }),
    warn: (event, fields) => logger.warn({ event, ...told(fields) }),
    error: (event, fields) => logger.error({ event, ...told(fields) }),
  };
}
