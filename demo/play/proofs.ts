import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '../../engine/contracts.ts';
import { environmentFingerprint } from '../company/fingerprint.ts';
import { joinsOf } from '../company/joins.ts';
import { sanitizationFacts, type SanitizationFacts } from '../company/sanitizationFacts.ts';
import type { Company } from '../company/build.ts';
import type { Moment } from '../company/workload.ts';

type Addresses = Parameters<typeof environmentFingerprint>[0];

/** One sentence that the databases themselves bear out, or do not. */
export interface Proof {
  readonly sentence: string;
  readonly holds: boolean;
}

/** Everything that is promised about the content of a refreshed sandbox. */
export async function proveRefreshed(sandbox: Addresses, moment: Moment): Promise<readonly Proof[]> {
  const { application, financialReporting } = await environmentFingerprint(sandbox);
  const mustBeZero = await sanitizationFacts(sandbox.application);
  const joins = await joinsOf(sandbox.application);
  const joined = Object.values(joins).reduce((sum, count) => sum + count, 0);
  const left = Object.entries(mustBeZero).filter(([, count]) => count !== 0);
  const rows = Object.values(moment.fingerprint).reduce((sum, table) => sum + table.rows, 0);
  return [
    {
      sentence: `${rows.toLocaleString('en')} rows in ${String(Object.keys(application).length)} tables equal production at ${moment.at} in all that is not masked`,
      holds: isDeepStrictEqual(application, moment.fingerprint),
    },
    {
      sentence: 'the Financial Reporting database stands at the same instant',
      holds: isDeepStrictEqual(financialReporting, moment.financialReporting),
    },
    {
      sentence: `${String(Object.keys(mustBeZero).length)} counts of what must not be there are 0${left.length > 0 ? ` – but ${JSON.stringify(left)}` : ''}`,
      holds: left.length === 0,
    },
    {
      sentence: `${joined.toLocaleString('en')} masked values still join with their copies`,
      holds: joined > 0 && isDeepStrictEqual(joins, moment.joins),
    },
  ];
}

export type Content = Awaited<ReturnType<typeof contentOf>>;

/** What a sandbox holds, to be compared before and after. */
export async function contentOf(
  sandbox: Addresses,
): Promise<{ readonly fingerprint: unknown; readonly facts: SanitizationFacts }> {
  return { fingerprint: await environmentFingerprint(sandbox), facts: await sanitizationFacts(sandbox.application) };
}

export async function proveUnchanged(name: string, sandbox: Addresses, before: Content): Promise<Proof> {
  return {
    sentence: `${name} is exactly as it was before`,
    holds: isDeepStrictEqual(await contentOf(sandbox), before),
  };
}

/** Before anything of the sandbox is touched: by table, column and number of rows, never by a value. */
export function proveWarned(plan: Plan | undefined): Proof {
  const [misfit, ...others] = plan?.misfits ?? [];
  return {
    sentence: `the plan of test says beforehand that ${misfit?.name ?? 'no index'} does not admit ${String(misfit?.rows ?? 0)} rows`,
    holds: misfit?.table === 'CONTOSOLOYALTY' && misfit.rows > 1 && others.length === 0,
  };
}

/** Production goes on working, so only what nobody there changes can be compared: users, jobs, mail, printers. */
export async function proveProductionUnchanged({ prod }: Company, before: SanitizationFacts): Promise<Proof> {
  const { emailAddresses, mailInTheQueue, ...now } = await sanitizationFacts(prod.as.administrator.application);
  const { emailAddresses: addressesBefore, mailInTheQueue: mailBefore, ...then } = before;
  return {
    sentence: 'production is untouched: its users, jobs, mail settings and addresses are as before',
    holds: isDeepStrictEqual(now, then) && emailAddresses >= addressesBefore && mailInTheQueue >= mailBefore,
  };
}
