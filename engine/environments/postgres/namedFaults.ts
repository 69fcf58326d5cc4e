import { withNamedFaults } from '../../databases/postgres/nameFault.ts';
import type { Sandbox } from '../../contracts.ts';
import type { Provider, ReadSession, Session, Writer } from '../provider.ts';

/** The same provider: what disk, network and server answer reaches the engine with a name and a remedy. */
export function withFaultsNamed(provider: Provider): Provider {
  return {
    ...provider,
    survey: (source) => withNamedFaults(`surveying ${source.name}`, () => provider.survey(source)),
    plan: (source, target, at) =>
      withNamedFaults(`planning a restore of ${target.name}`, () => provider.plan(source, target, at)),
    observe: (target, runId, source) =>
      withNamedFaults(`looking at ${target.name}`, () => provider.observe(target, runId, source)),
    open: (target, hold, source) => namedWriter(provider.open(target, hold, source), target),
    measure: (environment) => withNamedFaults(`measuring ${environment.name}`, () => provider.measure(environment)),
    reachers: (target) => withNamedFaults(`reading the roles of ${target.name}`, () => provider.reachers(target)),
    handbook: (target, runId, source) =>
      withNamedFaults(`reading the folder of ${target.name}`, () => provider.handbook(target, runId, source)),
  };
}

function namedWriter(writer: Writer, { name, databases }: Sandbox): Writer {
  return {
    ...writer,
    observe: () => withNamedFaults(`looking at ${name}`, () => writer.observe()),
    act: (action, options) => withNamedFaults(`${action} of ${name}`, () => writer.act(action, options)),
    session(side, database) {
      const where = `${databases[database]} of ${name}`;
      return withNamedFaults(`connecting to ${where}`, async () =>
        namedWrites(await writer.session(side, database), where),
      );
    },
    read(side, database) {
      const where = `${databases[database]} of ${name}`;
      return withNamedFaults(`connecting to ${where}`, async () =>
        namedReads(await writer.read(side, database), where),
      );
    },
    checkIntegrity: (depth) => withNamedFaults(`checking the copy of ${name}`, () => writer.checkIntegrity(depth)),
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

function namedWrites(session: Session, where: string): Session {
  return {
    ...namedReads(session, where),
    execute: (query) => withNamedFaults(`writing to ${where}`, () => session.execute(query)),
    executeTogether: (queries) => withNamedFaults(`writing to ${where}`, () => session.executeTogether(queries)),
    maintain: (query) => withNamedFaults(`writing to ${where}`, () => session.maintain(query)),
  };
}
