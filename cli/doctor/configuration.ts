import { settingsSchemas } from '../../engine/environments/open.ts';
import { DEFAULT_PACKS, type LeftOut, type Sandbox } from '../../engine/contracts.ts';
import { leftOutPacks } from '../../engine/sanitization/pack/leftOutPacks.ts';
import { openLibrary } from '../../engine/sanitization/pack/packLibrary.ts';
import { rulesOf } from '../../engine/sanitization/pack/rulePack.ts';
import { packFolders } from '../../engine/sanitization/pack/shippedPacks.ts';
import { loadInstallation, type LoadedInstallation } from '../../env/environments.ts';
import { readPackDocuments } from '../../env/packs.ts';
import { ConfigurationError, describeProblem, type Problem } from '../../env/problems.ts';
import { readWorkerSettings, type WorkerSettings } from '../../env/settings.ts';
import { bad, badBecause, doubtful, good, type Finding } from './finding.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface Configuration {
  readonly findings: readonly Finding[];
  /** Absent when the variables cannot be used. */
  readonly settings?: WorkerSettings;
  /** Absent when environments.yaml cannot be used. */
  readonly loaded?: LoadedInstallation;
}

/** Variables and environments.yaml, with every problem of both: one that is wrong does not hide what is wrong with the other. */
export function examineConfiguration(variables: Variables): Configuration {
  const settings = attempt('variables', () => readWorkerSettings(variables));
  const file = settings.value?.REWIND_ENVIRONMENTS ?? variables['REWIND_ENVIRONMENTS'] ?? 'env/environments.yaml';
  const loaded = attempt(file, () => loadInstallation(file, variables, settingsSchemas));
  const remarks = (loaded.value?.remarks ?? []).map((remark) =>
    doubtful(file, describeProblem(remark), `Instead: ${remark.example}`),
  );
  return {
    findings: [...settings.findings, ...loaded.findings, ...remarks],
    ...(settings.value === undefined ? {} : { settings: settings.value }),
    ...(loaded.value === undefined ? {} : { loaded: loaded.value }),
  };
}

/** Every problem of what is read there, or its value. */
export function attempt<Value>(
  subject: string,
  read: () => Value,
): { readonly findings: readonly Finding[]; readonly value?: Value } {
  try {
    return { value: read(), findings: [good(subject, 'usable')] };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) return { findings: [badBecause(subject, error)] };
    return {
      findings: error.problems.map((problem) => bad(subject, describeProblem(problem), remedyOf(problem, error))),
    };
  }
}

const remedyOf = ({ example }: Problem, { remedy }: ConfigurationError) =>
  example === '' ? remedy : `For example: ${example}`;

/** Who may act for whom in a terminal, and what follows for approvals. */
export function examinePeople({ installation, version }: LoadedInstallation): readonly Finding[] {
  const { people, terminalApproval = false } = installation;
  const accounts = [...new Set(people.flatMap(({ osAccounts }) => osAccounts))];
  const shared = accounts.filter(
    (account) => people.filter(({ osAccounts }) => osAccounts.includes(account)).length > 1,
  );
  return [
    good('version of environments.yaml', `${version}; the bot says on /healthz which one counts there`),
    ...(accounts.length > 0 && !terminalApproval
      ? [doubtful('approval in a terminal', 'off: `rewind approve` refuses; terminalApproval: true allows it')]
      : []),
    ...shared.map((account) =>
      doubtful(
        `account ${account}`,
        'stands for several people, so it approves for none of them',
        'Give each person an account of their own.',
      ),
    ),
  ];
}

/** Every pack of its own and of the installation by itself, then the choice of each sandbox. */
export function examinePacks(
  { REWIND_PACKS }: WorkerSettings,
  { installation }: LoadedInstallation,
): readonly Finding[] {
  const documents = attempt('packs', () => readPackDocuments(packFolders(REWIND_PACKS)));
  if (documents.value === undefined) return documents.findings;
  const library = openLibrary(documents.value);
  const findings = library.unusable.map((error) => badBecause(`pack ${error.packName}`, error));
  const choices = installation.sandboxes.flatMap((sandbox): readonly Finding[] => {
    const subject = `packs of ${sandbox.name}`;
    try {
      const chosen = library.select(sandbox.packs);
      const names = chosen.map(({ name }) => name).join(', ');
      return [
        good(subject, `${names}: ${String(rulesOf(chosen).length)} rules`),
        ...(sandbox.packs.includes(OLD_PACK) ? [oldPackFinding(sandbox)] : []),
        ...leftOutPacks(sandbox, chosen).map((one) => leftOutFinding(sandbox.name, one)),
      ];
    } catch (error) {
      return [badBecause(subject, error)];
    }
  });
  return [...findings, ...choices];
}

/** Works as it always did; what it says of batch history and attachments is no longer what Microsoft does. */
const OLD_PACK = 'lcs-2023';

function oldPackFinding({ name, packs }: Sandbox): Finding {
  const own = packs.filter((pack) => !pack.startsWith('lcs-') && !DEFAULT_PACKS.includes(pack));
  return doubtful(
    `pack ${OLD_PACK} of ${name}`,
    'has gone into lcs-2026, which keeps batch history and files in the database as Microsoft does today',
    `Instead: packs: [${[...DEFAULT_PACKS, ...own].join(', ')}]`,
  );
}

function leftOutFinding(sandbox: string, { pack, reason, owner, until }: LeftOut): Finding {
  const subject = `pack ${pack} of ${sandbox}`;
  if (reason !== undefined) return good(subject, `left out until ${until ?? ''} by ${owner ?? ''}: ${reason}`);
  return doubtful(
    subject,
    'does not run, and nothing says why',
    `Add it to packs, or say so: withoutPacks: [{ pack: ${pack}, reason: …, owner: …, until: 2026-12-31 }].`,
  );
}
