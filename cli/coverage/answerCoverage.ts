import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readBaseline, writeBaseline, type Baseline } from '../../engine/sanitization/coverage/baseline.ts';
import type { Coverage } from '../../engine/sanitization/coverage/coverage.ts';
import { skeletonOf } from '../../engine/sanitization/coverage/skeleton.ts';
import { surveyColumns } from '../../engine/sanitization/coverage/surveyColumns.ts';
import { openLibrary } from '../../engine/sanitization/pack/packLibrary.ts';
import { packFolders } from '../../engine/sanitization/pack/shippedPacks.ts';
import { shownJson } from '../../engine/shownText.ts';
import { readPackDocuments } from '../../env/packs.ts';
import { notReadable } from '../../env/problems.ts';
import { readText } from '../../env/readText.ts';
import { readVariables } from '../../env/variables.ts';
import type { CommandIo } from '../command.ts';
import { describeCoverage, type About } from './describeCoverage.ts';
import { NOBODY, openDatabase, type DatabaseWish } from '../openDatabase.ts';

export interface CoverageWish extends DatabaseWish {
  /** Instead of those in use. */
  readonly packs: readonly string[];
  readonly baseline?: string | undefined;
  readonly writeBaseline?: string | undefined;
  readonly skeleton: boolean;
  readonly json: boolean;
}

/** Tables between two signs of life. */
const OFTEN = 1000;

/** @returns 1 when an unknown column looks personal or secret and the baseline does not accept it. */
export async function answerCoverage(wish: CoverageWish, usage: string, io: CommandIo): Promise<number> {
  const baseline = wish.baseline === undefined ? undefined : baselineIn(resolve(io.cwd, wish.baseline));
  await using database = await openDatabase(wish, usage);
  const names = wish.packs.length > 0 ? wish.packs : database.packs;
  const packs = openLibrary(readPackDocuments(packFolders(readVariables()['REWIND_PACKS']))).select(names);
  const coverage = await surveyColumns({
    session: database.session,
    packs,
    administrator: database.sandbox?.administrator ?? NOBODY,
    role: database.role,
    ...(baseline === undefined ? {} : { baseline }),
    progress: (done, of) => {
      if (done % OFTEN === 0) io.err(`Looked at ${done.toLocaleString('en')} of ${of.toLocaleString('en')} tables.`);
    },
  });
  if (wish.writeBaseline !== undefined)
    writeFileSync(resolve(io.cwd, wish.writeBaseline), writeBaseline(coverage.columns));
  const about = { name: database.name, packs: packs.map(({ name }) => name), hasBaseline: baseline !== undefined };
  if (wish.skeleton) io.out(skeletonOf(coverage.columns, SKELETON, database.role).trimEnd());
  else if (wish.json) io.out(shownJson(asJson(coverage, about)));
  else io.out(describeCoverage(coverage, about).join('\n'));
  return coverage.counts.notAccepted === 0 ? 0 : 1;
}

/** A pack is named after its file. */
const SKELETON = 'found-by-coverage';

function baselineIn(file: string): Baseline {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    throw notReadable(file, error);
  }
  return readBaseline(text, file);
}

/** Every column, flat. */
function asJson({ columns, counts }: Coverage, { name, packs }: About): unknown {
  return {
    database: name,
    packs,
    counts,
    columns: columns.map(({ fact, ruling, suspicions, isNew, isSampled }) => ({
      ...fact,
      ...ruling,
      looksLike: suspicions,
      isNew,
      isSampled,
    })),
  };
}
