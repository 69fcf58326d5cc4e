import { z } from 'zod';
import type { ActContext } from '../provider.ts';
import { change, guardOf } from './fence.ts';
import { ChainRefusedError, PermissionMissingError, StatementRefusedError } from './faults.ts';
import type { Line } from './line.ts';
import * as statements from './statements/principals.ts';

const principalRow = z.object({
  name: z.string(),
  type: z.string().transform((type) => type.trim()),
  defaultSchema: z.string().nullable(),
  authentication: z.string().nullable(),
  login: z.string().nullable(),
});
const membershipRow = z.object({ role: z.string(), member: z.string() });
const grantRow = z.object({
  state: z.string(),
  permission: z.string().regex(/^[A-Z ]+$/),
  class: z.string(),
  grantee: z.string(),
  schemaName: z.string().nullable(),
  objectName: z.string().nullable(),
  objectSchema: z.string().nullable(),
});

export type Principal = z.infer<typeof principalRow>;

export const readPrincipalsOf = (line: Line, database: string) =>
  line.ask(statements.readPrincipals(database), principalRow, { doing: `reading the users of ${database}` });

export const readGrantsOf = (line: Line, database: string) =>
  line.ask(statements.readGrants(database), grantRow, { doing: `reading the rights in ${database}` });

const readMembershipsOf = (line: Line, database: string) =>
  line.ask(statements.readMemberships(database), membershipRow, { doing: `reading the roles of ${database}` });

export async function readSysadminNames(line: Line): Promise<readonly string[]> {
  const rows = await line
    .ask(statements.readSysadmins(), z.object({ name: z.string() }), { doing: 'reading the members of sysadmin' })
    .catch(() => []);
  return rows.map(({ name }) => name);
}

/**
 * Gives `to` the users, roles and rights of `from`, the target's former database. Everything is looked up first, so it can
 * be repeated. Runs as the last thing before the doors open: a member of db_owner would pass RESTRICTED_USER.
 */
export async function copyPrincipals(line: Line, context: ActContext, from: string, to: string): Promise<void> {
  const guard = guardOf(context);
  const options = { doing: `giving ${to} the users of ${from}` };
  const run = (texts: readonly string[]) => change(line, guard, texts, options);
  const [wanted, present] = [await readPrincipalsOf(line, from), await readPrincipalsOf(line, to)];
  const known = new Map(present.map((principal) => [principal.name.toLowerCase(), principal]));
  const byHand: string[] = [];

  for (const principal of wanted) {
    const isKnown = known.has(principal.name.toLowerCase());
    if (principal.type === 'R') {
      if (!isKnown) await run([statements.createRole(to, principal.name)]);
    } else if (principal.type === 'C' || principal.type === 'K' || principal.authentication === 'DATABASE') {
      byHand.push(principal.name);
    } else {
      await admit(run, to, principal, isKnown);
    }
  }

  const admitted = new Set(wanted.map(({ name }) => name.toLowerCase()));
  const memberships = await readMembershipsOf(line, from);
  const existing = await readMembershipsOf(line, to);
  const key = ({ role, member }: z.infer<typeof membershipRow>) => `${role}\n${member}`.toLowerCase();
  const wantedKeys = new Set(memberships.map(key));
  const existingKeys = new Set(existing.map(key));
  await run(
    existing
      .filter((one) => !wantedKeys.has(key(one)) && admitted.has(one.member.toLowerCase()))
      .map(({ role, member }) => statements.dropMember(to, role, member)),
  );
  await run(
    memberships
      .filter((one) => !existingKeys.has(key(one)) && !byHand.includes(one.member))
      .map(({ role, member }) => statements.addMember(to, role, member)),
  );

  const skipped = await copyGrants(line, context, { from, to, except: byHand });
  const objects = skipped === 0 ? '' : `; ${String(skipped)} rights on objects that it does not have are left out`;
  context.log(`${to}: ${String(wanted.length - byHand.length)} users and roles of the target${objects}`);
  if (byHand.length > 0)
    context.log(`${to}: to be made by hand (own password, certificate or key): ${byHand.join(', ')}`);
}

async function admit(
  run: (texts: readonly string[]) => Promise<void>,
  to: string,
  { name, login, defaultSchema }: Principal,
  isKnown: boolean,
): Promise<void> {
  if (!isKnown) return run([statements.createUser(to, { name, login, defaultSchema })]);
  // A shell of production's user of that name, or what an earlier call has made.
  return run([...(login === null ? [] : [statements.adoptUser(to, name, login)]), statements.revokeDenial(to, name)]);
}

interface GrantCopy {
  readonly from: string;
  readonly to: string;
  readonly except: readonly string[];
}

/** @returns how many rights had nothing to apply to. */
async function copyGrants(line: Line, context: ActContext, { from, to, except }: GrantCopy): Promise<number> {
  let skipped = 0;
  for (const row of await readGrantsOf(line, from)) {
    const grant = asGrant(row);
    if (grant === undefined || except.includes(row.grantee)) continue;
    try {
      await change(line, guardOf(context), [statements.grant(to, grant)], {
        doing: `giving ${to} the rights of ${from}`,
      });
    } catch (error) {
      const isAboutObject = error instanceof PermissionMissingError || error instanceof StatementRefusedError;
      if (grant.on.kind === 'database' || !isAboutObject || error instanceof ChainRefusedError) throw error;
      skipped += 1;
    }
  }
  return skipped;
}

function asGrant({
  state,
  permission,
  grantee,
  schemaName,
  objectName,
  objectSchema,
}: z.infer<typeof grantRow>): statements.Grant | undefined {
  if (state !== 'GRANT' && state !== 'DENY' && state !== 'GRANT_WITH_GRANT_OPTION') return undefined;
  const base = { state, permission, grantee } as const;
  if (schemaName !== null) return { ...base, on: { kind: 'schema', name: schemaName } };
  if (objectName !== null && objectSchema !== null)
    return { ...base, on: { kind: 'object', schema: objectSchema, name: objectName } };
  return { ...base, on: { kind: 'database' } };
}
