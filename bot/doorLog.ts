import { pino, type Logger } from 'pino';
import { z } from 'zod';
import { errSerializer } from '../engine/errors.ts';
import type { Log } from '../env/log.ts';

const lineSchema = z.looseObject({ level: z.number(), msg: z.string().default('') });

/** The HTTP server wants a pino logger: one that hands its lines to the house's log, which scrubs them. */
export function doorLog(log: Log): Logger {
  return pino(
    { base: undefined, timestamp: false, serializers: { err: errSerializer } },
    {
      write(line) {
        const { level, msg, ...fields } = lineSchema.parse(JSON.parse(line));
        if (level >= 50) log.error(msg, fields);
        else if (level >= 40) log.warn(msg, fields);
        else log.info(msg, fields);
      },
    },
  );
}
