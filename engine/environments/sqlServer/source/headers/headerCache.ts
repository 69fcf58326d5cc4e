import type { BackupHeader } from './backupHeader.ts';
import type { HeaderShape } from '../../statements/backupHeaders.ts';

/** What a file held when it was read: its headers, or why there were none to be had. */
export type FileReading = { readonly headers: readonly BackupHeader[] } | { readonly failure: Error };

export interface KeptReading {
  readonly version: string | undefined;
  readonly readAt: number;
  readonly reading: Promise<FileReading>;
}

/** Of one source: its files by name, and the columns that its server gives. */
export interface KeptHeaders {
  readonly files: Map<string, KeptReading>;
  shape?: HeaderShape;
}

/** Headers stay in the worker's memory: a file is read again when it has changed, and forgotten when it is gone. */
export interface HeaderCache {
  of(source: string, server: string): KeptHeaders;
}

export function createHeaderCache(): HeaderCache {
  const sources = new Map<string, KeptHeaders>();
  return {
    of(source, server) {
      const key = `${source}\n${server}`;
      const kept = sources.get(key) ?? { files: new Map() };
      sources.set(key, kept);
      return kept;
    },
  };
}
