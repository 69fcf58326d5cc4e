import { counted } from '../counted.ts';
import { haveDatabasesInCommon, identitiesOf } from '../environments/sameDatabases.ts';
import { describeBytes } from '../sizes.ts';
import { blocked, defineCondition, passed, warning } from './condition.ts';

export const recurringJobsTarget = defineCondition(
  'recurring-jobs-target',
  {
    holds: 'Recurring import and export jobs stopped in the target',
    otherwise: 'Recurring import and export jobs in the target',
  },
  ({ target, targetFacts: { runningJobs } }) => {
    if (runningJobs === undefined)
      return warning(
        'not-applicable',
        'Not known',
        `Name where ${target.title} keeps its recurring jobs (recurringJobs in environments.yaml).`,
      );
    return runningJobs === 0
      ? passed('measured', 'None is running')
      : blocked(
          'measured',
          `${String(runningJobs)} still running`,
          'Let them finish and stop them: their files would be orphaned.',
        );
  },
);

export const recurringJobsSource = defineCondition(
  'recurring-jobs-source',
  {
    holds: 'Recurring import and export jobs processed in the source',
    otherwise: 'Recurring import and export jobs in the source',
  },
  ({ sourceFacts: { runningJobs } }) => {
    if (runningJobs === undefined)
      return warning('not-applicable', 'Not known', 'Choose a moment after all recurring jobs were fully processed.');
    return runningJobs === 0
      ? passed('measured', 'None is running')
      : warning(
          'measured',
          `${String(runningJobs)} running`,
          'Choose a moment after they were fully processed: orphaned files cannot be processed after the restore.',
        );
  },
);

export const targetFree = defineCondition(
  'target-free',
  { holds: 'No other run on the target', otherwise: 'Another run on the target' },
  ({ heldBy }) =>
    heldBy === undefined
      ? passed('measured', 'The target is free')
      : blocked('measured', `${heldBy} holds the target`, `Wait for ${heldBy}, stop it, or roll it back.`),
);

export const recoveryPointReachable = defineCondition(
  'recovery-point',
  { holds: 'Recovery point inside a recovery window', otherwise: 'Recovery point outside every recovery window' },
  ({ at, chain, source }) =>
    chain.length > 0
      ? passed('measured', `${at}, reached by ${counted(chain.length, 'backup')}`)
      : blocked(
          'measured',
          `Nothing that ${source.title} keeps reaches ${at}`,
          'Choose a moment inside a recovery window.',
        ),
);

export const capacity = defineCondition(
  'capacity',
  { holds: 'Source smaller than the target’s capacity', otherwise: 'Size of the source, and the target’s capacity' },
  ({ sourceMeasures, target: { capacityBytes } }) => {
    const { sizeBytes } = sourceMeasures;
    if (sizeBytes === undefined || capacityBytes === undefined)
      return warning(
        'not-applicable',
        'Not known',
        'Name the target’s maximum capacity (capacity in environments.yaml).',
      );
    const detail = `${describeBytes(sizeBytes)} into ${describeBytes(capacityBytes)}`;
    return sizeBytes < capacityBytes
      ? passed('measured', detail)
      : blocked(
          'measured',
          detail,
          'Raise the target’s maximum database capacity above the source’s allocated capacity.',
        );
  },
);

export const space = defineCondition(
  'space',
  { holds: 'Room for a copy beside the target', otherwise: 'Space for a copy beside the target' },
  ({ restoreBytes, retiredBytes = 0, targetMeasures }) => {
    const { freeBytes } = targetMeasures;
    if (restoreBytes === undefined || freeBytes === undefined)
      return warning('not-applicable', 'Not known', 'Make sure that the target’s server has room for a second copy.');
    const made = retiredBytes > 0 ? `, ${describeBytes(retiredBytes)} dropped first` : '';
    const detail = `${describeBytes(restoreBytes)} needed, ${describeBytes(freeBytes)} free${made}`;
    return restoreBytes * 1.1 < freeBytes + retiredBytes
      ? passed('measured', detail)
      : blocked(
          'measured',
          detail,
          'Free space on the target’s server: the copy stands beside the target until the switch.',
        );
  },
);

const CORRECT_ADDRESSES = 'Correct the addresses in environments.yaml.';

export const targetIsSandbox = defineCondition(
  'target-is-sandbox',
  { holds: 'Target is not production', otherwise: 'Target and a source are one database' },
  ({ source, sourceIdentity, targetMeasures, productionIdentities }) => {
    const { identity } = targetMeasures;
    if (identity === undefined) return passed('declared', 'A sandbox by environments.yaml');
    // Two names for one sandbox: it would be replaced by itself.
    if (source.kind !== 'production' && identity === sourceIdentity)
      return blocked('measured', `The target is the same database as ${source.title}`, CORRECT_ADDRESSES);
    return haveDatabasesInCommon(productionIdentities, identitiesOf(targetMeasures))
      ? blocked('measured', 'The target is the same database as a production source', CORRECT_ADDRESSES)
      : passed('measured', 'Another database than every production source');
  },
);

export const notForReporting = defineCondition(
  'not-for-reporting',
  { holds: 'Not for production reporting', otherwise: 'For production reporting' },
  ({ target }) =>
    target.policy.forProductionReporting
      ? blocked(
          'declared',
          'This sandbox is declared for production reporting',
          'Copying production data to a sandbox for production reporting is not supported.',
        )
      : passed('declared', 'Declared as not for production reporting'),
);

export const documentsStay = defineCondition(
  'documents-stay',
  { holds: 'Documents in blob storage stay as they are', otherwise: 'Documents in blob storage' },
  () => passed('not-applicable', 'Files in Azure blob storage are not copied; the target keeps its own'),
);
