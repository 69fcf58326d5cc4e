import type { Run } from '../../../engine/contracts.ts';
import { SHOWS_FREEZE } from '../../../engine/contracts/mayBeDone/index.ts';
import {
  messageIdOf,
  type DueMessage,
  type JournalMessages,
  type MessageRow,
} from '../../../engine/journal/messages.ts';
import type { TargetHold } from '../../../engine/journal/rule/transitionContext.ts';

const DEPENDS_ON_HOLD: ReadonlySet<Run['state']> = new Set(['draft', 'completed', 'failed', 'rollback-failed']);

/** The rows of messages, as the real journal keeps them. */
export function memoryMessages(
  run: (runId: string | undefined) => Run | undefined,
  hold: (target: string) => TargetHold,
  now: () => string,
): JournalMessages {
  const rows = new Map<string, MessageRow>();
  let last = 0;
  const change = (id: string, changes: Partial<MessageRow>) => {
    const row = rows.get(id);
    if (row) rows.set(id, { ...row, ...changes });
  };
  const isDue = ({ runId, posts, isReplaced, shownSeq, shownUnder }: MessageRow) => {
    const of = run(runId);
    if (posts === 0 || isReplaced || shownSeq < (of?.version ?? 0)) return true;
    if (!of || (of.state === 'completed' && of.isPreviousRetired)) return false;
    const { heldBy, generation, freeze, reservation } = hold(of.target);
    const isNews =
      (shownUnder.freeze?.number ?? 0) !== (freeze?.number ?? 0) ||
      (shownUnder.reservation?.number ?? 0) !== (reservation?.number ?? 0);
    if (SHOWS_FREEZE.includes(of.state) && isNews) return true;
    if (!DEPENDS_ON_HOLD.has(of.state)) return false;
    return shownUnder.generation !== generation || shownUnder.heldBy !== heldBy;
  };
  return {
    async addMessage({
      posts = 0,
      isTried = false,
      isReplaced = false,
      shownSeq = 0,
      shownUnder = { generation: -1 },
      ...message
    }) {
      const id = message.id ?? `message-${++last}`;
      if (rows.has(id)) throw new Error(`There is a message ${id}`);
      for (const row of rows.values()) {
        if (
          message.runId !== undefined &&
          message.kind !== 'note' &&
          !isReplaced &&
          row.runId === message.runId &&
          row.kind === message.kind &&
          row.conversation === message.conversation
        )
          change(row.id, { isReplaced: true });
      }
      rows.set(id, { ...message, id, posts, isTried, isReplaced, shownSeq, shownUnder });
      return id;
    },
    message: async (id) => rows.get(id),
    cards: async (runId) => {
      const kinds: readonly string[] = ['run', 'approval', 'cutover', 'outcome'];
      return [...rows.values()]
        .filter((row) => row.runId === runId && row.kind !== 'note' && !row.isReplaced)
        .sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
    },
    messageAt: async (conversation, address) => {
      const id = messageIdOf(address);
      return [...rows.values()].find(
        (row) =>
          id !== undefined &&
          messageIdOf(row.address) === id &&
          row.posts > 0 &&
          [conversation, ''].includes(row.conversation),
      );
    },
    messagesDue: async (limit) =>
      [...rows.values()]
        .filter((row) => row.goneAt === undefined && isDue(row))
        .slice(0, limit)
        .map((row): DueMessage => ({ ...row, version: run(row.runId)?.version ?? 0 })),
    messageTried: async (id, isTried) => change(id, { isTried }),
    messagePosted: async (id, address, shownSeq, shownUnder) =>
      change(id, {
        ...{ address, shownSeq, shownUnder, isTried: false, goneAt: undefined, goneWhy: undefined },
        posts: (rows.get(id)?.posts ?? 0) + 1,
      }),
    async messageShown(id, shownSeq, shownUnder) {
      if ((rows.get(id)?.shownSeq ?? 0) <= shownSeq) change(id, { shownSeq, shownUnder });
    },
    messageAgain: async (id) => change(id, { shownSeq: 0 }),
    forgetMessage: async (id) => void rows.delete(id),
    messageGone: async (id, goneWhy) => change(id, { goneAt: now(), ...(goneWhy ? { goneWhy } : {}) }),
    messagesGone: async () => [...rows.values()].filter(({ goneAt }) => goneAt !== undefined),
    messageBack: async (id) => change(id, { goneAt: undefined, goneWhy: undefined }),
  };
}
