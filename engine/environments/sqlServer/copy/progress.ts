import { z } from 'zod';
import type { Clock } from '../../../clock.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import type { Info } from '../../../databases/sqlServer/runStatement.ts';
import { readProgress } from '../statements/readProgress.ts';

/** Bytes of all backups of a run are one sum; the percentages of single statements are shares of it. */
export interface RestoreProgress {
  /** `bytes` of the backup that is restored next. */
  begin(title: string, bytes: number): void;
  onInfo(info: Info): void;
  /** What the server itself says it is busy with; needs VIEW SERVER STATE. */
  watch(connection: Connection, session: number): { stop(): Promise<void> };
  end(): void;
}

const PERCENT_PROCESSED = 3211;
const LOOK_EVERY_MS = 5000;
const requestRow = z.object({
  command: z.string().nullable(),
  percentComplete: z.number().nullable(),
  waitType: z.string().nullable(),
});

export function createRestoreProgress(
  totalBytes: number,
  report: (percent: number, detail: string) => void,
  clock: Clock,
): RestoreProgress {
  let doneBytes = 0;
  let current = { title: '', bytes: 0, percent: 0 };
  const show = (also = '') => {
    const bytes = doneBytes + (current.bytes * current.percent) / 100;
    const percent = Math.min(99, Math.floor((bytes / Math.max(1, totalBytes)) * 100));
    report(percent, `${megabytes(bytes)} of ${megabytes(totalBytes)} MB: ${current.title}${also}`);
  };
  const advance = (percent: number) => {
    if (percent <= current.percent || percent > 100) return;
    current.percent = percent;
    show();
  };
  return {
    begin(title, bytes) {
      doneBytes += current.bytes;
      current = { title, bytes, percent: 0 };
      show();
    },
    onInfo({ number, message }) {
      if (number === PERCENT_PROCESSED) advance(Number(/\d+/.exec(message)?.[0] ?? 0));
    },
    watch(connection, session) {
      const ended = new AbortController();
      const look = async () => {
        for (;;) {
          await clock.sleep(LOOK_EVERY_MS, ended.signal);
          const [request] = await connection.ask(readProgress(session), requestRow, {
            doing: 'looking at the restore',
            signal: ended.signal,
          });
          advance(Math.floor(request?.percentComplete ?? 0));
          // Redo and undo after the last page are silent for as long as they take.
          if (current.percent >= 99 && request?.waitType)
            show(` (${request.command ?? 'recovering'}, ${request.waitType})`);
        }
      };
      // Ends by its own signal; a server that refuses the question is not asked again.
      const looking = look().catch(() => undefined);
      return {
        async stop() {
          ended.abort();
          await looking;
        },
      };
    },
    end() {
      report(100, 'the closed copies are ready');
    },
  };
}

const megabytes = (bytes: number) => String(Math.round(bytes / 1_048_576));
