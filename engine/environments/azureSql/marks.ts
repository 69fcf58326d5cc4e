import { z } from 'zod';
import type { Connection } from '../../databases/sqlServer/connection.ts';
import { addMark, dropMark, type MarkName, readMarks, updateMark } from '../sqlServer/statements/marks.ts';
import type { Changing } from '../sqlServer/swap/prepareUsers.ts';

export type Marks = ReadonlyMap<string, string>;

const markRow = z.object({ name: z.string(), value: z.string().nullable() });

export async function readMarksIn(connection: Connection, database: string): Promise<Marks> {
  const rows = await connection.ask(readMarks({ here: database }), markRow, {
    doing: `reading the marks of ${database}`,
  });
  return new Map(rows.map(({ name, value }) => [name, value ?? '']));
}

/** Of the database that the session is in; looked up first, so that it can be repeated. */
export async function mark(
  session: Changing,
  database: string,
  wanted: Partial<Record<MarkName, string | undefined>>,
): Promise<void> {
  const present = await readMarksIn(session.connection, database);
  const here = { here: database };
  for (const name of Object.keys(wanted).filter(isMarkName)) {
    const value = wanted[name];
    const found = present.get(name);
    if (found === value) continue;
    const statement =
      value === undefined
        ? dropMark(here, name)
        : found === undefined
          ? addMark(here, name, value)
          : updateMark(here, name, value);
    await session.change([statement], { doing: `marking ${database}` });
  }
}

const isMarkName = (name: string): name is MarkName => /^Rewind\.(Run|RestoredTo|Fence|Before)$/.test(name);
