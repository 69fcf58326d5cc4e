/**
 * SIGTERM comes from systemd and containers, SIGINT also from the service wrappers of Windows, which press Ctrl+C. A console of
 * Windows says SIGBREAK and SIGHUP as well; elsewhere a SIGHUP is left alone, or nohup would not hold.
 */
export const stopSignals = (platform: NodeJS.Platform): readonly NodeJS.Signals[] =>
  platform === 'win32' ? ['SIGINT', 'SIGBREAK', 'SIGHUP'] : ['SIGTERM', 'SIGINT'];

/** Calls `stop` when the process is told to end, once; who says the same again ends it at once. */
export function onStopSignal(stop: (signal: string) => void): void {
  let isStopping = false;
  for (const signal of stopSignals(process.platform))
    process.once(signal, () => {
      if (isStopping) return;
      isStopping = true;
      stop(signal);
    });
}
