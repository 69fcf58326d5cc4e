import { noConnectionOf } from '../noConnection.ts';
import { causeAmong, classify, faultOf } from './classify.ts';
import { ConnectionLostError } from './login/errors.ts';
import { type Addressed, refusalOf } from './login/refusal.ts';
import { StatementError } from './runStatement.ts';
import { FENCED } from './statement.ts';

/** The fence on the server is greater than the worker's. Whoever knows target and fence makes a FencedError of it. */
export class FenceRaised extends Error {
  override readonly name = 'FenceRaised';
}

/** One of our errors for a session that did not come about. */
export const translateLogin = (error: unknown, address: Addressed, doing: string): Error =>
  refusalOf(error, address) ?? noConnectionOf(error, address.title) ?? new ConnectionLostError(address.title, doing);

/** One of our errors for a statement that was not carried out: of several that the server said, the one that is a cause. */
export function translate(error: unknown, { title }: Pick<Addressed, 'title'>, doing: string): unknown {
  if (!(error instanceof StatementError)) return error;
  const { said } = error;
  if (said.some(({ number }) => number === FENCED)) return new FenceRaised();
  const cause = causeAmong(said);
  // Nothing was said, the session was killed (596), or the server shuts down (6005): what became of the statement is unknown.
  if (cause?.number === undefined || [596, 6005].includes(cause.number)) return new ConnectionLostError(title, doing);
  return classify(faultOf(cause, { server: title, doing }));
}
