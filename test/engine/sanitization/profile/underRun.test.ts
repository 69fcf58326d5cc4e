import { expect, test } from 'vitest';
import type { ProofResult, Run } from '../../../../engine/contracts.ts';
import { digestOfList, textOfList } from '../../../../engine/sanitization/profile/list.ts';
import { idsThatMayReturn, isPersonalDataProved } from '../../../../engine/sanitization/profile/underRun.ts';
import { packsUnder } from '../../../../engine/sanitization/profile/underProfile.ts';
import { aRun, aSandbox } from '../../../builders.ts';
import { usual } from '../packs.ts';

const LIST = textOfList({
  users: [{ id: 'JONAS', identity: 'one', grants: [] }],
  ...{ services: [], clients: [], endpoints: [], settings: [] },
});
const PROFILE = { users: { enable: 'as-before', administrators: [], privilegedRoles: [] }, listKeptMs: 1 } as const;

/** What a step knows, as far as the profile asks for it. */
const context = (
  kept: string | undefined,
  parts: { readonly digest?: string; readonly profile?: typeof PROFILE } = {},
) => {
  const { digest = digestOfList(LIST) } = parts;
  const run = aRun();
  return {
    run,
    // Of a plan nothing but its binding is asked for.
    plan: { binding: { profile: digest === '' ? undefined : digest } } as unknown as NonNullable<Run['plan']>,
    target: aSandbox('profile' in parts ? parts : { profile: PROFILE }),
    packs: usual,
    profileList: async () => kept,
    keepProfileList: async () => undefined,
  };
};

test('the list of a profile › is the one that was approved, or the run goes no further', async () => {
  expect(await idsThatMayReturn(context(LIST))).toEqual(['JONAS']);
  await expect(idsThatMayReturn(context(undefined))).rejects.toMatchObject({
    code: 'profile-list-missing',
    message: 'The list that the plan of R-1001 keeps of the sandbox’s users and settings is gone',
  });
  // Somebody who can write the journal has added a user.
  const forged = LIST.replace('JONAS', 'MALLORY');
  await expect(idsThatMayReturn(context(forged))).rejects.toThrow('is not as it was approved');
});

test('a sandbox without a profile, and a plan of before it had one › give nothing back', async () => {
  expect(await idsThatMayReturn(context(LIST, { profile: undefined }))).toEqual([]);
  expect(await idsThatMayReturn(context(LIST, { digest: '' }))).toEqual([]);
});

const proof = (name: ProofResult['name'], found = 0): ProofResult => ({
  ...{ name, notSearched: [], sampled: false, seconds: 1 },
  searched: { tables: 1, columns: 1, bytes: 1, values: 1 },
  findings:
    found === 0 ? [] : [{ database: 'axdb', schema: 'dbo', table: 'T', column: 'C', kind: 'mail', count: found }],
});

test('personal data › is proved by the pack and a whole proof without a finding, and by nothing less', () => {
  const proved = (...proofs: ProofResult[]) => ({
    proofs: [{ step: 'verify-sanitization' as const, at: '2026-11-20T12:00:00.000Z', proofs }],
  });
  const whole = [proof('post-conditions'), proof('search'), proof('hosts')];
  expect(isPersonalDataProved(proved(...whole), usual)).toBe(true);
  expect(
    isPersonalDataProved(
      proved(...whole),
      usual.filter(({ name }) => name !== 'personal-data'),
    ),
  ).toBe(false);
  expect(isPersonalDataProved(proved(proof('post-conditions')), usual)).toBe(false);
  expect(isPersonalDataProved(proved(...whole.slice(0, 2), proof('hosts', 1)), usual)).toBe(false);
  expect(isPersonalDataProved({}, usual)).toBe(false);
});

test('under a profile › production’s registered applications are deleted, and the sandbox’s own come back by name alone', () => {
  const rulesOf = (packs: typeof usual) =>
    packs
      .flatMap((pack) => pack.elements.flatMap((each) => each.rules))
      .filter(({ table }) => table === 'SYSAADCLIENTTABLE');
  expect(rulesOf(usual).map(({ action }) => action)).toEqual(['keep-rows']);
  expect(rulesOf(packsUnder(PROFILE, usual)).map(({ action }) => action)).toEqual(['delete-rows']);
  expect(packsUnder(undefined, usual)).toBe(usual);
});
