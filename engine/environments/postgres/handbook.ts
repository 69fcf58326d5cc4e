import { join } from 'node:path';
import { copyOf, readClusterFolder, replacedBy } from './generations.ts';
import type { PostgresSandbox } from './settings.ts';

/** What a person types, as the owner of the data directories, when Rewind cannot. */
export async function handbook(
  target: PostgresSandbox,
  runId: string,
): Promise<{ readonly finish: string[]; readonly undo: string[] }> {
  const found = await readClusterFolder(target);
  const { folder, binFolder } = target.settings;
  const isSwitched = found.current?.run?.runId === runId;
  // The very one that the swap takes: an overtaken worker may have left a half one beside it.
  const copy = (isSwitched ? found.current : copyOf(found, runId))?.name ?? `<the copy of ${runId}>`;
  const former = replacedBy(found, runId) ?? (isSwitched ? undefined : found.current);
  const previous = former?.name ?? '<the generation with rewind-replaced.json>';
  const data = (name: string) => join(folder, 'generations', name);
  const ctl = (dataFolder: string, rest: string) => `${join(binFolder, 'pg_ctl')} -D '${dataFolder}' ${rest}`;
  const start = ctl(join(folder, 'current'), `-l '${join(folder, 'postgres.log')}' -w start`);
  const stopBoth = [copy, previous].map((name) => ctl(data(name), '-m fast -w stop'));
  const lead = (name: string) => `ln -sfn 'generations/${name}' '${join(folder, 'current')}'`;
  const take = (file: string, to = file) => `cp '${join(data(previous), file)}' '${join(data(copy), to)}'`;
  return {
    finish: [
      ...stopBoth,
      ...['postgresql.conf', 'postgresql.auto.conf', 'pg_ident.conf'].map((file) => take(file)),
      `echo '{"runId":"${runId}"}' > '${join(data(previous), 'rewind-replaced.json')}'`,
      lead(copy),
      start,
      `# Still closed. To open it: ${take('pg_hba.conf')} && ${ctl(data(copy), 'reload')}`,
    ],
    undo: [...stopBoth, lead(previous), `rm -f '${join(data(previous), 'rewind-replaced.json')}'`, start],
  };
}
