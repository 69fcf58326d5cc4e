/** What goes wrong with a request. `cut`: the connection ends without an answer. */
export type Effect =
  | { readonly kind: 'cut' }
  | { readonly kind: 'answer'; readonly status: number; readonly code?: string; readonly retryAfter?: number }
  /** The operation that it starts ends so, as a poll of status 200 says. */
  | { readonly kind: 'operation-fails'; readonly code: string }
  | { readonly kind: 'tags-lost' }
  | { readonly kind: 'run'; readonly run: () => void | Promise<void> };

export interface Wish {
  readonly method?: string;
  readonly path: RegExp;
  /** The first that matches, unless told otherwise. */
  readonly nth?: number;
  /** `after`: Azure has taken the request, though its caller never hears so. */
  readonly when?: 'before' | 'after';
  readonly effect: Effect;
}

export interface Faults {
  add(wish: Wish): void;
  clear(): void;
  /** Those that strike now, used up. */
  take(method: string, path: string, when: 'before' | 'after'): readonly Effect[];
}

export function createFaults(): Faults {
  const pending: { readonly wish: Wish; left: number }[] = [];
  return {
    add: (wish) => void pending.push({ wish, left: wish.nth ?? 1 }),
    clear: () => void (pending.length = 0),
    take(method, path, when) {
      const struck: Effect[] = [];
      for (const entry of [...pending]) {
        const { wish } = entry;
        if ((wish.when ?? 'before') !== when || (wish.method ?? method) !== method || !wish.path.test(path)) continue;
        entry.left -= 1;
        if (entry.left > 0) continue;
        pending.splice(pending.indexOf(entry), 1);
        struck.push(wish.effect);
      }
      return struck;
    },
  };
}
