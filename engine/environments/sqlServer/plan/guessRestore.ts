import type { Span } from '../../provider.ts';
import type { SourceFile } from '../source/backupFiles.ts';
import type { RestoreStep } from '../chain/restoreChain.ts';

export interface ChainOfDatabase {
  readonly steps: readonly Pick<RestoreStep, 'backup'>[];
  /** As the full backup lists them. */
  readonly files: readonly Pick<SourceFile, 'Type' | 'Size'>[];
}

/** msdb notes whole seconds: what is shorter says nothing about how fast it was. */
const SHORTEST_SECONDS = 10;
/** Of one log backup: opening, undoing nothing, closing. */
const LOG_SECONDS = 2;
/** At which a modest disk is filled with zeros: a log always, data files where the server may not initialize them instantly. */
const ZEROED_PER_SECOND = 100e6;

/**
 * How long the restore may take, one database after the other: half to twice the time that its full and differential backups took,
 * which read the same pages, and what the files need beyond that. Undefined where no full backup says how long it took.
 */
export function guessRestore(databases: readonly ChainOfDatabase[]): Span | undefined {
  const guesses = databases.map(guessOne);
  if (!guesses.some(({ isMeasured }) => isMeasured)) return undefined;
  const sum = (of: (guess: Guess) => number) => guesses.reduce((total, guess) => total + of(guess), 0);
  return { fromSeconds: sum(({ fromSeconds }) => fromSeconds), toSeconds: sum(({ toSeconds }) => toSeconds) };
}

type Guess = Span & { readonly isMeasured: boolean };

function guessOne({ steps, files }: ChainOfDatabase): Guess {
  const backups = steps.map(({ backup }) => backup);
  const read = backups.filter(({ type }) => type !== 'log');
  const seconds = read.map(({ startedLocal, finishedLocal, doubt }) =>
    doubt === null ? Math.max(0, (finishedLocal - startedLocal) / 1000) : 0,
  );
  const told = seconds.filter((one) => one >= SHORTEST_SECONDS).reduce((sum, one) => sum + one, 0);
  const bytes = (isLog: boolean) =>
    files.filter(({ Type }) => (Type === 'L') === isLog).reduce((sum, { Size }) => sum + Size, 0);
  // Of the pages in use a backup without compression has the size.
  const used = Number(read.find(({ type }) => type === 'full')?.sizeBytes ?? 0n);
  const zeroed = bytes(true) + Math.max(0, bytes(false) - used);
  return {
    fromSeconds: told / 2,
    toSeconds: told * 2 + (backups.length - read.length) * LOG_SECONDS + zeroed / ZEROED_PER_SECOND,
    isMeasured: told > 0,
  };
}
