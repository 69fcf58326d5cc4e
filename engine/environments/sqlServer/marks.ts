import { type Database, markOf, type Marks } from './databases.ts';
import { change } from './fence.ts';
import type { Connection } from '../../databases/sqlServer/connection.ts';
import { addMark, dropMark, type MarkName, updateMark } from './statements/marks.ts';
import type { Guard } from '../../databases/sqlServer/statement.ts';

export async function writeMark(
  line: Connection,
  guard: Guard,
  { name }: Pick<Database, 'name'>,
  marks: Marks | undefined,
  mark: MarkName,
  value: string,
): Promise<void> {
  const present = markOf(marks, mark);
  if (present === value) return;
  const statement = present === undefined ? addMark(name, mark, value) : updateMark(name, mark, value);
  await change(line, guard, [statement], { doing: `marking ${name}` });
}

export async function removeMark(
  line: Connection,
  guard: Guard,
  { name }: Database,
  marks: Marks | undefined,
  mark: MarkName,
): Promise<void> {
  if (markOf(marks, mark) === undefined) return;
  await change(line, guard, [dropMark(name, mark)], { doing: `removing a mark from ${name}` });
}
