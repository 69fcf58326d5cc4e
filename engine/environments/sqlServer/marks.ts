import type { Act } from './act.ts';
import { type Database, markOf, type Marks } from './databases.ts';
import { addMark, dropMark, type MarkName, updateMark } from './statements/marks.ts';

export async function writeMark(
  act: Act,
  { name }: Pick<Database, 'name'>,
  marks: Marks | undefined,
  mark: MarkName,
  value: string,
): Promise<void> {
  const present = markOf(marks, mark);
  if (present === value) return;
  const statement = present === undefined ? addMark(name, mark, value) : updateMark(name, mark, value);
  await act.change([statement], { doing: `marking ${name}` });
}

export async function removeMark(
  act: Act,
  { name }: Pick<Database, 'name'>,
  marks: Marks | undefined,
  mark: MarkName,
): Promise<void> {
  if (markOf(marks, mark) === undefined) return;
  await act.change([dropMark(name, mark)], { doing: `removing a mark from ${name}` });
}
