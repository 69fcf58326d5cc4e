import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { ReadSession } from '../../../environments/provider.ts';
import { ask } from '../facts/ask.ts';
import * as postgres from './postgresRest.ts';
import * as sqlServer from './sqlServerRest.ts';
import type { Resting } from './resting.ts';
import { nameOf, type Place } from '../facts/tableFacts.ts';

/** What is awake on `places`, and on the whole database where it could meddle. */
export async function readAwake(session: ReadSession, places: readonly Place[]): Promise<readonly Resting[]> {
  const names = places.map(nameOf);
  if (session.dialect === 'postgres') return ask(session, resting, postgres.AWAKE, [names]);
  const found = await ask(session, resting, sqlServer.AWAKE);
  const wanted = new Set(names.map((name) => name.toUpperCase()));
  return found.filter((each) => each.table === '' || wanted.has(nameOf(each).toUpperCase()));
}

const resting = z.object({
  kind: z.string(),
  schema: z.string(),
  table: z.string(),
  name: z.string(),
  state: z.string(),
});

type Speaking = Pick<ReadSession, 'dialect'>;

export const putToRest = ({ dialect }: Speaking, each: Resting): CompiledQuery =>
  CompiledQuery.raw(dialect === 'mssql' ? sqlServer.putToRest(each) : postgres.putToRest(each));

export const wake = ({ dialect }: Speaking, each: Resting): CompiledQuery =>
  CompiledQuery.raw(dialect === 'mssql' ? sqlServer.wake(each) : postgres.wake(each));
