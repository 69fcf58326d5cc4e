import { readdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Sandbox } from '../../contracts.ts';
import { generationName } from './generations.ts';
import { sandboxSettings } from './settings.ts';

/** What a person types, as the owner of the data directories, when Rewind cannot. */
export function handbook(target: Sandbox, runId: string): { readonly finish: string[]; readonly undo: string[] } {
  const { folder, binFolder } = sandboxSettings.parse(target.settings);
  const pattern = generationName(runId, '*');
  const copy = listFolder(join(folder, 'generations')).find((name) => name.startsWith(pattern.slice(0, -1))) ?? pattern;
  const linked = basename(readLink(join(folder, 'current')));
  const previous = linked === copy || linked === '' ? '<the generation with rewind-replaced.json>' : linked;
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

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
