import type { Cursor } from '../sql/cursor.ts';
import { readName } from '../sql/cursor.ts';
import type { StatementFamily } from '../execute/context.ts';
import { begin, commit, requireTransaction, rollback } from '../state/sessions.ts';

function acceptTransaction(cursor: Cursor): void {
  if (!cursor.accept('TRANSACTION') && !cursor.accept('TRAN')) cursor.accept('WORK');
  const { kind } = cursor.peek();
  if (kind === 'quoted') readName(cursor);
}

const beginFamily: StatementFamily = {
  starts: [
    ['BEGIN', 'TRAN'],
    ['BEGIN', 'TRANSACTION'],
  ],
  read(cursor) {
    cursor.expect('BEGIN');
    acceptTransaction(cursor);
    return async ({ session, reply }) => {
      const isNew = session.transaction === undefined;
      begin(session);
      if (isNew && session.transaction) reply.changeTransaction('begin', session.transaction.descriptor);
      reply.done();
    };
  },
};

const commitFamily: StatementFamily = {
  starts: [['COMMIT']],
  read(cursor) {
    cursor.expect('COMMIT');
    acceptTransaction(cursor);
    return async ({ session, reply }) => {
      const descriptor = session.transaction?.descriptor ?? 0n;
      if (commit(session)) reply.changeTransaction('commit', descriptor);
      reply.done();
    };
  },
};

const rollbackFamily: StatementFamily = {
  starts: [['ROLLBACK']],
  read(cursor) {
    cursor.expect('ROLLBACK');
    acceptTransaction(cursor);
    return async ({ session, reply }) => {
      const { descriptor } = requireTransaction(session);
      rollback(session);
      reply.changeTransaction('rollback', descriptor);
      reply.done();
    };
  },
};

export const transactionFamilies: readonly StatementFamily[] = [beginFamily, commitFamily, rollbackFamily];
