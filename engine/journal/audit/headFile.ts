import { appendFile, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { TerminalError } from '../../errors.ts';

/** The file is there and does not say what was kept. */
export class HeadFileUnusableError extends TerminalError {
  override readonly code = 'head-file-unusable';

  constructor(what: string) {
    super(`${what}, so nothing was compared with it`, {
      remedy: 'Look who has changed the file or its rights; what was appended to it before counts.',
    });
  }
}

/** One line of the file that keeps the heads of ended runs outside of the journal. */
const keptHead = z.object({
  at: z.string(),
  runId: z.string(),
  state: z.string(),
  seq: z.int().min(1),
  hash: z.string(),
});
export type KeptHead = z.infer<typeof keptHead>;

/** Appends, and waits for the disk: a file that may only be appended to suffices. */
export async function keepHead(file: string, { at, runId, state, seq, hash }: KeptHead): Promise<void> {
  await appendFile(file, `${JSON.stringify({ at, runId, state, seq, hash })}\n`, { flush: true });
}

/**
 * Undefined: there is no such file here.
 * @throws HeadFileUnusableError naming the first line that is no head
 */
export async function readHeads(file: string): Promise<readonly KeptHead[] | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT')
      throw new HeadFileUnusableError(`${file} cannot be read (${error.code ?? 'no reason'})`);
  });
  return text?.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = keptHead.safeParse(parsedJson(line));
    if (!parsed.success) throw new HeadFileUnusableError(`Line ${String(index + 1)} of ${file} is no head of a run`);
    return [parsed.data];
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
