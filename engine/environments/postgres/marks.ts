import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fence } from './fence.ts';
import { type Account, isMissing } from './files.ts';

const runMark = z.object({
  runId: z.string(),
  at: z.string(),
  /** `restoring`: not whole yet; `closed`: only the service is admitted; `open`: the target's own logins are. */
  state: z.enum(['restoring', 'closed', 'open']),
});
export type RunMark = z.infer<typeof runMark>;

/** `name`: of the data directory it was written for, so that a copy of it made by hand is not taken for it. */
const replacedMark = z.object({ runId: z.string(), name: z.string().optional() });

export const RUN_MARK = 'rewind-run.json';
export const REPLACED_MARK = 'rewind-replaced.json';

/** A mark that says nothing to rely on: nothing is dropped or switched because of it, and a person is told. */
export interface UnclearMark {
  /** `copied`: readable, and written for another data directory than the one it lies in. */
  readonly kind: 'run' | 'replaced' | 'copied';
  readonly file: string;
  readonly why: string;
}

/** What the marks of one data directory say, as far as they can be believed. */
export interface Marks {
  readonly run?: { readonly runId: string; readonly state?: RunMark['state'] };
  readonly replacedBy?: string;
  readonly unclear: readonly UnclearMark[];
}

/**
 * Never throws: a torn file is a finding about one data directory, no reason to stop what lies beside it. The name that
 * Rewind gave a directory tells its run as well; without a mark to go with it, nobody knows how far it got.
 */
export async function readMarks(dataFolder: string, name: string): Promise<Marks> {
  const named = runNamedIn(name);
  const run = await readMark(join(dataFolder, RUN_MARK), runMark);
  const replaced = await readMark(join(dataFolder, REPLACED_MARK), replacedMark);
  const unclear: UnclearMark[] = [];
  const doubt = (kind: UnclearMark['kind'], file: string, why: string) =>
    void unclear.push({ kind, file: join(dataFolder, file), why });

  const isOwn = run.mark !== undefined && run.mark.runId === named;
  if (run.why !== undefined) doubt('run', RUN_MARK, run.why);
  else if (run.mark !== undefined && !isOwn) doubt('run', RUN_MARK, `it names ${run.mark.runId}, the folder does not`);
  const isReplaced = replaced.mark !== undefined && (replaced.mark.name ?? name) === name;
  if (replaced.why !== undefined) doubt('replaced', REPLACED_MARK, replaced.why);
  else if (replaced.mark !== undefined && !isReplaced)
    doubt('copied', REPLACED_MARK, `it was written for ${replaced.mark.name ?? ''}`);

  return {
    ...(isOwn ? { run: run.mark } : named === undefined ? {} : { run: { runId: named } }),
    ...(isReplaced && replaced.mark !== undefined ? { replacedBy: replaced.mark.runId } : {}),
    unclear,
  };
}

async function readMark<Mark>(
  file: string,
  schema: z.ZodType<Mark>,
): Promise<{ readonly mark?: Mark; readonly why?: string }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return {};
    return { why: `it cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})` };
  }
  if (text.trim() === '') return { why: 'it is empty' };
  try {
    return { mark: schema.parse(JSON.parse(text)) };
  } catch {
    return { why: 'it does not hold what Rewind writes there' };
  }
}

/** The run that a backup's cluster was restored by, whatever the folder of the backup is called. */
export async function runMarkedIn(dataFolder: string): Promise<string | undefined> {
  return (await readMark(join(dataFolder, RUN_MARK), runMark)).mark?.runId;
}

/** `run-R-1042.7`: with the fence, so that a worker that wakes up late cannot write into its successor's copy. */
export const generationName = (runId: string, fence: number) =>
  `run-${z
    .string()
    .regex(/^[\w-]+$/)
    .parse(runId)}.${String(fence)}`;

const runNamedIn = (name: string): string | undefined => /^run-([\w-]+)\.\d+$/.exec(name)?.[1];

export const markRun = (fence: Fence, dataFolder: string, mark: RunMark, account: Account | undefined): Promise<void> =>
  fence.write(dataFolder, { [RUN_MARK]: `${JSON.stringify(mark)}\n` }, account);

export const markReplaced = (
  fence: Fence,
  { dataFolder, name }: { readonly dataFolder: string; readonly name: string },
  runId: string,
  account: Account | undefined,
): Promise<void> => fence.write(dataFolder, { [REPLACED_MARK]: `${JSON.stringify({ runId, name })}\n` }, account);

export const unmarkReplaced = (fence: Fence, dataFolder: string): Promise<void> =>
  fence.remove(join(dataFolder, REPLACED_MARK));

/** What a person does about an unclear mark. */
export function remedyFor({ kind, file }: UnclearMark, runId?: string): string {
  switch (kind) {
    case 'run':
      return `Rewind leaves the folder of ${file} alone. Delete the file if the folder is your own, or the folder if nobody needs it.`;
    case 'replaced':
      return `If its folder is the former database that ${runId ?? 'a run'} replaced, write {"runId":"${runId ?? 'R-…'}"} into the file; otherwise delete the file.`;
    case 'copied':
      return 'Its folder is a copy made by hand: delete the file, or the folder if nobody needs it.';
  }
}
