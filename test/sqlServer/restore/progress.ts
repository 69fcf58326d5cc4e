import { setImmediate as nextTick } from 'node:timers/promises';
import { inform, pause, type Context } from '../execute/context.ts';

/** Says how far a long statement has come, in steps of `stats` percent; `atHalf` may end it. */
export async function advance(
  context: Context,
  { command, stats, durationMs }: { readonly command: string; readonly stats: number; readonly durationMs: number },
  atHalf: () => void = () => undefined,
): Promise<void> {
  const { session } = context;
  if (session.request) session.request.command = command;
  const step = Math.min(Math.max(stats, 1), 100);
  let hadHalf = false;
  for (let percent = step; percent <= 100; percent += step) {
    if (percent >= 50 && !hadHalf) {
      hadHalf = true;
      atHalf();
    }
    if (durationMs > 0) await pause((durationMs * step) / 100, context.signal);
    else await nextTick();
    context.signal.throwIfAborted();
    if (session.request) session.request.percent = percent;
    inform(context, 3211, `${percent} percent processed.`);
    context.reply.flush();
    await context.reached(percent);
  }
}
