import { counted } from '../../../counted.ts';
import * as statements from '../statements/principals.ts';
import type { Making } from './makeUsers.ts';
import { type Access, type GrantRow, type Membership, readAccess } from './principals.ts';
import { runEach } from './runEach.ts';

/** Names, in lower case, that the copy does not have. */
type Absent = ReadonlySet<string>;

const keyOf = ({ role, member }: Membership) => `${role}\n${member}`.toLowerCase();
const errorOf = (number: number) => `SQL Server error ${String(number)}`;

/** Those of the target, and none that production's users and roles of the same names had. */
export async function copyMemberships(making: Making, wanted: Access, absent: Absent): Promise<void> {
  const { connection, run, tell, from, to } = making;
  const isHere = ({ role, member }: Membership) => !absent.has(role.toLowerCase()) && !absent.has(member.toLowerCase());
  const wantedKeys = new Set(wanted.memberships.map(keyOf));
  const known = new Set([...wanted.users, ...wanted.roles].map(({ name }) => name.toLowerCase()));
  await runEach(
    run,
    async () => {
      const present = await readAccess(connection, to);
      const presentKeys = new Set(present.memberships.map(keyOf));
      const foreign = present.memberships.filter(
        (one) => !wantedKeys.has(keyOf(one)) && known.has(one.member.toLowerCase()),
      );
      const missing = wanted.memberships.filter((one) => !presentKeys.has(keyOf(one)) && isHere(one));
      return [
        ...foreign.map((one) => ({
          ...one,
          to: 'leave',
          statements: [statements.dropMember(to, one.role, one.member)],
        })),
        ...missing.map((one) => ({
          ...one,
          to: 'enter',
          statements: [statements.addMember(to, one.role, one.member)],
        })),
      ];
    },
    ({ role, member, to: where }, number) =>
      where === 'leave'
        ? tell(`${member} keeps production’s membership of ${role} (${errorOf(number)})`, [
            statements.dropMember(from, role, member),
          ])
        : tell(`${member} is no member of ${role} (${errorOf(number)})`, [statements.addMember(from, role, member)]),
  );
}

/** @returns how many rights had nothing to apply to: objects that the copy lacks. */
export async function copyGrants(making: Making, rows: readonly GrantRow[], absent: Absent): Promise<number> {
  const { run, tell, from, to } = making;
  const present = rows.filter(({ grantee }) => !absent.has(grantee.toLowerCase()));
  const foreign = present.filter((row) => asGrant(row) === undefined);
  if (foreign.length > 0) {
    const kinds = [...new Set(foreign.map(({ class: kind }) => kind))].join(', ');
    tell(
      `${counted(foreign.length, 'right')} of the target ${foreign.length === 1 ? 'is' : 'are'} not carried over (on ${kinds})`,
      [],
    );
  }
  const parts = present
    .flatMap((row) => asGrant(row) ?? [])
    .map((grant) => ({ grant, statements: [statements.grant(to, grant)] }));
  let skipped = 0;
  await runEach(
    run,
    async () => parts,
    ({ grant }, number) => {
      if (grant.on.kind !== 'database') return void (skipped += 1);
      tell(`${grant.grantee} lacks the target’s ${grant.state} ${grant.permission} (${errorOf(number)})`, [
        statements.grant(from, grant),
      ]);
    },
  );
  return skipped;
}

function asGrant({
  state,
  permission,
  grantee,
  class: kind,
  schemaName,
  objectName,
  objectSchema,
}: GrantRow): statements.Grant | undefined {
  if (!/^[A-Z][A-Z ]*$/.test(permission)) return undefined;
  if (state !== 'GRANT' && state !== 'DENY' && state !== 'GRANT_WITH_GRANT_OPTION') return undefined;
  const base = { state, permission, grantee } as const;
  if (kind === 'DATABASE') return { ...base, on: { kind: 'database' } };
  if (schemaName !== null) return { ...base, on: { kind: 'schema', name: schemaName } };
  if (objectName !== null && objectSchema !== null)
    return { ...base, on: { kind: 'object', schema: objectSchema, name: objectName } };
  return undefined;
}
