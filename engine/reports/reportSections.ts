import type { ProfilePart } from '../contracts.ts';
import { counted } from '../counted.ts';
import { describeBytes } from '../sizes.ts';
import type { Report, ReportedProof, ReportedRule } from './report.ts';

/** A part of a report as people read it; each text is a value or a sentence, not yet made safe for where it is shown. */
export interface Section {
  readonly title: string;
  readonly lines?: readonly string[];
  /** A name and what it is. */
  readonly facts?: readonly (readonly [name: string, value: string])[];
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** The same for the terminal and for the page. */
export function sectionsOf(report: Report): readonly Section[] {
  return [
    ...exceptionsIn(report),
    { title: 'What it is about', facts: subject(report) },
    { title: 'What was proved', lines: proved(report) },
    ...columnsIn(report),
    ...customizationsIn(report),
    { title: 'What was not searched', lines: notSearched(report) },
    { title: 'What this report does not say', lines: report.limits },
    { title: 'Packs', facts: packsOf(report) },
    {
      title: 'Rules',
      table: {
        head: ['Rule', 'Table', 'Rows changed', 'Not as proved'],
        rows: report.rules
          .filter(({ skipped }) => skipped === undefined)
          .map((rule) => [rule.rule, placeOf(rule), rowsOf(rule, report), count(rule.offendingRows)]),
      },
    },
    ...profileIn(report),
    ...withoutPlace(report),
    { title: 'Decisions', lines: decisionsOf(report) },
  ];
}

const count = (value: number): string => value.toLocaleString('en');

function subject({ run, target, source, recoveryPoint, madeAt, plan, chain }: Report): Section['facts'] {
  const { application, financialReporting } = recoveryPoint;
  return [
    ['Run', run],
    ['Sandbox', `${target.name} (${target.identity})`],
    ['Source', `${source.name} (${source.identity})`],
    [
      'Recovery point',
      application === financialReporting
        ? application
        : `${application}; Financial Reporting database ${financialReporting}`,
    ],
    ['Made at', madeAt],
    ['Plan', plan.digest],
    ['Record before it', `${count(chain.records)}, ${chain.head}`],
  ];
}

function proved({ rules, proofs }: Report): readonly string[] {
  const looked = rules.filter(({ skipped }) => skipped === undefined);
  const idle = idsOf(rules) - idsOf(looked);
  const offending = looked.reduce((sum, rule) => sum + rule.offendingRows, 0);
  return [
    `Post-conditions: ${count(idsOf(looked))} of ${counted(idsOf(rules), 'rule')} looked at, in ${counted(new Set(looked.map(placeOf)).size, 'table')}, ${counted(offending, 'row')} not as they say${idle === 0 ? '' : `; the other ${count(idle)} had nothing to look at`}.`,
    ...proofs.map(proofLine),
  ];
}

/** A rule may hold for several tables. */
const idsOf = (rules: readonly ReportedRule[]): number => new Set(rules.map(({ rule }) => rule)).size;

/** Numbers alone: who was enabled again is in the list that the sandbox’s operators get. */
function profileIn({ profile }: Report): readonly Section[] {
  if (profile === undefined) return [];
  const lines = profile.map(({ part, done, left }) => {
    const [what, brought, kept] = PROFILE_WORDS.get(part) ?? [part, 'brought back', 'not'];
    return `${what}: ${count(done)} ${brought}${left > 0 ? `, ${count(left)} ${kept}` : ''}.`;
  });
  return [{ title: 'What the profile brought back', lines: lines.length > 0 ? lines : ['Nothing.'] }];
}

/** Parts that a later version adds are shown as they are written. */
const PROFILE_WORDS: ReadonlyMap<string, readonly [what: string, brought: string, kept: string]> = new Map([
  ['users', ['Users', 'enabled again', 'stay disabled']],
  ['roles', ['Roles', 'of the sandbox’s own', 'withheld']],
  ['jobs', ['Batch jobs', 'released', 'stay withheld']],
  ['clients', ['Applications', 'back', 'not']],
  ['endpoints', ['Endpoints', 'back', 'not']],
  ['settings', ['Rows of settings', 'kept', 'not']],
  ['features', ['Features', 'kept', 'not']],
  ['values', ['Values', 'set', 'without a row']],
  ['theme', ['Themes', 'kept', 'not']],
  ['banner', ['Company pictures', 'kept', 'not']],
] satisfies readonly (readonly [ProfilePart, readonly [string, string, string]])[]);

/** Most rules are for the application database, which goes without saying. */
const placeOf = ({ database, table }: ReportedRule): string =>
  database === 'application' ? table : `${table}, Financial Reporting`;

/** By the reason; a rule may hold for several tables, and some of them may be there. */
function withoutPlace({ rules }: Report): Section[] {
  const byReason = Map.groupBy(
    rules.filter(({ skipped }) => skipped !== undefined),
    ({ skipped = '' }) => skipped,
  );
  if (byReason.size === 0) return [];
  const facts = [...byReason].map(
    ([why, skipped]) => [why, skipped.map((each) => `${each.rule} (${placeOf(each)})`).join(', ')] as const,
  );
  return [{ title: 'Rules that had nothing to look at', facts }];
}

const PROOFS: ReadonlyMap<string, string> = new Map([
  ['post-conditions', 'Post-conditions'],
  ['coverage', 'Coverage of the columns'],
  ['search', 'Search for values of production'],
  ['hosts', 'Search for production’s hosts and keys'],
]);

function proofLine({ name, step, at, searched, findings, sampled, coverage }: ReportedProof): string {
  const { values, columns, tables, bytes } = searched;
  const held = findings.reduce((sum, finding) => sum + finding.count, 0);
  const where = `${columns > 0 ? `${counted(columns, 'column')} of ` : ''}${counted(tables, 'table')}${bytes > 0 ? `, ${describeBytes(bytes)}` : ''}`;
  const what = values > 0 ? `${count(held)} of ${counted(values, 'protected value')} in ${where}` : where;
  // A name alone is no finding, and still nobody has decided about it.
  const open = coverage === undefined ? 0 : coverage.suspicious.length + coverage.more;
  const found =
    findings.length === 0 && open > 0 ? 'none that refuses the switch' : counted(findings.length, 'finding');
  const undecided = open === 0 ? '' : `; ${count(open)} undecided`;
  const end = `${found}${undecided}${sampled ? '; sampled' : ''}`;
  return `${PROOFS.get(name) ?? name} (${step}, ${at}): ${what}; ${end}.`;
}

/** At the top: whoever reads no further has read this. */
function exceptionsIn({ exceptions = [] }: Report): readonly Section[] {
  if (exceptions.length === 0) return [];
  const lines = exceptions.flatMap(({ by, reason, until, at, run, findings }) => [
    `Accepted by ${by} at ${at} (${run}), until ${until}: ${reason}`,
    ...findings.map(
      ({ database, schema, table, column, kind, count: rows }) =>
        `${[database, schema, table, column].filter((part) => part !== '').join('.')}: ${kind}, ${count(rows)}`,
    ),
  ]);
  return [{ title: 'With exceptions', lines }];
}

/** Of the first proof that says it: a later one is of what the settings wrote. */
function columnsIn({ proofs }: Report): readonly Section[] {
  const { coverage, searched } = proofs.find((proof) => proof.coverage !== undefined) ?? {};
  if (coverage === undefined || searched === undefined) return [];
  const { ruled, harmless, system, unknown, looked, hasBaseline, suspicious, more } = coverage;
  const facts = [
    ['Ruled', count(ruled)],
    ['Harmless', `${count(harmless)}, declared so in a pack`],
    ['System', `${count(system)}, the application’s own in every table`],
    ['Unknown', `${count(unknown)}; of ${count(looked)} of all, values were looked at in a sample`],
    [
      'New ones',
      hasBaseline
        ? 'none: text columns that nobody has accepted refuse the switch'
        : 'not told: no list of accepted columns is kept for this sandbox',
    ],
    ...suspicious.map(({ database, schema, table, column, looksLike }) => [
      'Undecided',
      `${database}.${schema}.${table}.${column} looks like ${looksLike.join(', ')}`,
    ]),
    ...(more > 0 ? [['Undecided', `${count(more)} more; rewind coverage names them`]] : []),
  ] as const;
  const title = `Columns: ${count(searched.columns)} of ${counted(searched.tables, 'table')}`;
  return [{ title, facts: facts.map(([name = '', value = '']) => [name, value] as const) }];
}

function customizationsIn({ customizations }: Report): readonly Section[] {
  if (customizations === undefined) return [];
  const { own, untried, misfits } = customizations;
  const fit = own - untried - misfits.length;
  return [
    {
      title: 'The sandbox’s own indexes and constraints',
      lines: [
        `${count(fit)} of ${count(own)} fit the copy${untried > 0 ? `; ${count(untried)} could not be tried` : ''}.`,
        ...misfits.map(
          ({ name, table, columns, rows }) =>
            `${name} on ${table} (${columns.join(', ')}) does not: ${counted(rows, 'row')}.`,
        ),
      ],
    },
  ];
}

function notSearched({ proofs, withoutPacks }: Report): readonly string[] {
  const said = [
    ...withoutPacks.map(({ pack, reason, owner, until }) =>
      reason === undefined
        ? `Pack ${pack} did not run; environments.yaml does not say why.`
        : `Pack ${pack} did not run: ${reason} (${owner ?? ''}; left out until ${until ?? ''})`,
    ),
    // Rules that had nothing to look at stand in a list of their own.
    ...proofs
      .filter(({ name }) => name !== 'post-conditions')
      .flatMap(({ name, notSearched: left }) =>
        left.map(({ what, why }) => `${PROOFS.get(name) ?? name}: ${what}: ${why}`),
      ),
  ];
  if (!proofs.some(({ name }) => name === 'search'))
    said.push('Values of production: beyond the post-conditions of the rules, nothing was searched for.');
  return said.length === 0 ? ['No proof has left anything out of what it says it looks at.'] : [...new Set(said)];
}

function packsOf({ packs, plan }: Report): Section['facts'] {
  return [
    ...packs.map(({ name, rules, hash }) => [name, `${counted(rules, 'rule')} in the pack, ${hash}`] as const),
    ['All of them', plan.packsHash],
  ];
}

function rowsOf({ rule, rows, isEstimate, keptFromTarget, left }: ReportedRule, { profile }: Report): string {
  if (rows === undefined && profile !== undefined && rule.startsWith('profile-')) return 'by the profile';
  if (rows === undefined) return 'not counted';
  return `${isEstimate ? 'about ' : ''}${count(rows)}${keptFromTarget ? ' kept' : ''}${left === undefined ? '' : `, ${count(left)} left`}`;
}

const WAYS = {
  teams: 'in Teams',
  terminal: 'in a terminal',
  schedule: 'by a schedule',
  unknown: 'way not recorded',
} as const;

function decisionsOf({ decisions, isUrgent, approvalWaivedFor }: Report): readonly string[] {
  const told = decisions.map(({ decision, role, way, at, record, signedBy }) => {
    const done = decision === 'confirm' ? 'Confirmed' : 'Approved';
    const signature = signedBy === undefined ? 'not signed' : `signed with ${signedBy}`;
    return `${done} by ${role === 'requester' ? 'a requester' : 'an approver, a second person'}, ${WAYS[way]}, at ${at}: record ${count(record)}, ${signature}.`;
  });
  return [
    ...told,
    ...(isUrgent
      ? ['Urgent: nobody approved it; everybody with a role was told, and could stop it before it began.']
      : []),
    ...(approvalWaivedFor === undefined
      ? []
      : [`Nobody had to approve it: the policy says none, and the report of ${approvalWaivedFor} was clean.`]),
  ];
}
