import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What shows that a process is ready to be used; all that are named have to hold. */
export interface Readiness {
  /** A line of its output. */
  readonly line?: RegExp;
  /** An address that answers with a 2xx status. */
  readonly http?: string;
  /** A port of 127.0.0.1 that accepts connections. */
  readonly tcp?: number;
}

interface Output {
  readonly file: string;
  readonly fromByte: number;
}

/** Resolves when `ready` holds; rejects with the signal's reason. */
export async function waitUntilReady(ready: Readiness, output: Output, signal: AbortSignal): Promise<void> {
  const checks = [
    ...(ready.line ? [holdsLine(ready.line, output)] : []),
    ...(ready.http ? [answers(ready.http)] : []),
    ...(ready.tcp ? [accepts(ready.tcp)] : []),
  ];
  for (const check of checks) {
    while (!(await check())) {
      signal.throwIfAborted();
      await sleep(20);
    }
  }
  signal.throwIfAborted();
}

/** What a process has written since it was started. */
export function readOutput({ file, fromByte }: Output): string {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(fstatSync(handle).size - fromByte, 0));
    readSync(handle, bytes, 0, bytes.length, fromByte);
    return bytes.toString('utf8');
  } finally {
    closeSync(handle);
  }
}

function holdsLine(line: RegExp, output: Output): () => boolean {
  return () =>
    readOutput(output)
      .split('\n')
      .some((text) => line.test(text));
}

function answers(url: string): () => Promise<boolean> {
  return async () => {
    try {
      return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
    } catch {
      return false;
    }
  };
}

function accepts(port: number): () => Promise<boolean> {
  return () =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
      const finish = (accepted: boolean) => {
        socket.destroy();
        resolve(accepted);
      };
      socket.once('connect', () => finish(true));
      socket.once('error', () => finish(false));
      socket.once('timeout', () => finish(false));
    });
}
