import { withNamedFaults } from '../../databases/postgres/nameFault.ts';
import type { Provider, ReadSession, Session } from '../provider.ts';

/** The same provider: what disk, network and server answer reaches the engine with a name and a remedy. */
export function withFaultsNamed(provider: Provider): Provider {
  return {
    ...provider,
    survey: (source) => withNamedFaults(`surveying ${source.name}`, () => provider.survey(source)),
    plan: (source, target, at) =>
      withNamedFaults(`planning a restore of ${target.name}`, () => provider.plan(source, target, at)),
    observe: (target, runId) => withNamedFaults(`looking at ${target.name}`, () => provider.observe(target, runId)),
    act: (action, context) =>
      withNamedFaults(`${action} of ${context.target.name}`, () => provider.act(action, context)),
    measure: (environment) => withNamedFaults(`measuring ${environment.name}`, () => provider.measure(environment)),
    checkIntegrity: (target, ...rest) =>
      withNamedFaults(`checking the copy of ${target.name}`, () => provider.checkIntegrity(target, ...rest)),
    handbook: (target, runId) =>
      withNamedFaults(`reading the folder of ${target.name}`, () => provider.handbook(target, runId)),
  };
}

/** Its statements are sent when the provider's call is long over. */
export function namedReads(session: ReadSession, where: string): ReadSession {
  return {
    ...session,
    select: (query) => withNamedFaults(`reading from ${where}`, () => session.select(query)),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

export function namedWrites(session: Session, where: string): Session {
  return {
    ...namedReads(session, where),
    execute: (query) => withNamedFaults(`writing to ${where}`, () => session.execute(query)),
  };
}
