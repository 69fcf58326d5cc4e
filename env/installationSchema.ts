import { z } from 'zod';
import { DEFAULT_PACKS, FACT_NAMES, type FactSource } from '../engine/contracts.ts';
import { durationMs, sizeBytes } from './duration.ts';
import { unlessMissing } from './problems.ts';
import { profileSchema } from './profileSchema.ts';
import { schedules } from './scheduleSchema.ts';
import { webhook } from './webhookSchema.ts';

const HOUR = 3_600_000;

const databaseRole = z.enum(['application', 'financialReporting']);

/** `"10.0.45"` declares a fact; `{ table, column, where }` says which cell holds it. */
const fact = z.union([
  z.union([z.string(), z.number()]).transform((value): FactSource => ({ kind: 'declared', value: String(value) })),
  z
    .strictObject({
      database: databaseRole.default('application'),
      table: z.string(),
      column: z.string(),
      where: z.strictObject({ column: z.string(), equals: z.string() }).optional(),
    })
    .transform((cell): FactSource => ({ kind: 'measured', ...cell })),
]);

const command = z.strictObject({
  command: z.string().min(1),
  args: z.array(z.string()).default([]),
  timeout: durationMs
    .default(3_600_000)
    .refine((ms) => ms > 0, 'must be longer than nothing')
    .refine((ms) => ms <= 24 * 24 * HOUR, 'must not exceed 24d: timers of a computer reach no further'),
});

/** Services that a command starts inherit what it got, so only the one that works on the databases may ask for their address. */
const synchronization = command.extend({ databaseUrl: z.boolean().optional() });

/** Short, because a switch that is due waits until it has ended. */
const announcement = command.extend({
  timeout: durationMs
    .default(60_000)
    .refine((ms) => ms > 0, 'must be longer than nothing')
    .refine((ms) => ms <= 300_000, 'must not exceed 5m: a switch that is due waits for it'),
});

const policy = z.strictObject({
  cutover: z
    .union([
      z.literal('when-ready').transform((kind) => ({ kind })),
      z.literal('on-click').transform((kind) => ({ kind })),
      z
        .strictObject({ at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day (HH:mm)') })
        .transform(({ at }) => ({
          kind: 'at' as const,
          time: at,
        })),
    ])
    .default({ kind: 'when-ready' }),
  cutoverWarning: durationMs.default(5 * 60_000),
  synchronize: z.enum(['beside', 'after-switch', 'beside-and-after-switch', 'never']).default('after-switch'),
  rollbackOnFailure: z.enum(['offered', 'automatic']).default('offered'),
  integrityCheck: z.enum(['none', 'physical', 'full']).default('physical'),
  keepPrevious: durationMs.default(72 * HOUR),
  earlierWayBack: z.enum(['keep', 'drop', 'refuse']).default('keep'),
  keepFailedCopy: durationMs
    .default(8 * HOUR)
    .refine((ms) => ms <= 24 * HOUR, 'must not exceed 24h: no unsanitized copy lives longer'),
  draftExpires: durationMs.default(HOUR),
  approvalExpires: durationMs.default(24 * HOUR),
  forProductionReporting: z.boolean().default(false),
  approvals: z.enum(['one', 'two', 'none']).default('one'),
  urgentDelay: durationMs
    .default(15 * 60_000)
    .refine((ms) => ms >= 60_000, 'must not be shorter than 1m: somebody has to be able to stop it')
    .refine((ms) => ms <= 24 * HOUR, 'must not exceed 24h'),
});

const environment = {
  title: z.string().optional(),
  provider: z.string(),
  databases: z.strictObject({ application: z.string(), financialReporting: z.string() }),
  facts: z.partialRecord(z.enum(FACT_NAMES), fact).default({}),
  capacity: sizeBytes.optional(),
  recurringJobs: z
    .strictObject({
      database: databaseRole.default('application'),
      table: z.string(),
      column: z.string(),
      runningValues: z.array(z.union([z.string(), z.number()])).min(1),
    })
    .optional(),
  timeZone: z.string().refine(isTimeZone, 'is not an IANA time zone').optional(),
  settings: z.unknown().optional(),
};

/** Written in either case, the same id: Teams sends small letters. */
const objectId = z.guid('is not an Entra object id').toLowerCase();

/** An identity, or the name of a group of this file: env/groups.ts tells them apart. */
const whom = z.string().toLowerCase();

/** As “Get link to channel” has it between `channel/` and the channel’s name, decoded; of a group chat, between `chat/` and the slash. */
const conversationId = z
  .string()
  .regex(
    /^19:[A-Za-z0-9_.-]{1,200}@thread\.(tacv2|skype|v2)$/,
    'is not the id of a channel or group chat (19:…@thread.tacv2)',
  );

const ticket = z
  .strictObject({
    pattern: z.string().min(1).refine(isPattern, 'is not a regular expression'),
    example: z.string().trim().min(1, 'is empty').max(40),
    required: z.boolean().default(true),
    link: z
      .url({ protocol: /^https$/, error: unlessMissing('is not an https:// address') })
      .refine((link) => link.includes('{ticket}'), 'has no {ticket} in it')
      .optional(),
  })
  .refine(({ pattern, example }) => !isPattern(pattern) || new RegExp(pattern, 'u').exec(example)?.[0] === example, {
    path: ['example'],
    message: 'is not what the pattern finds',
  });

/** What whoever asks for a refresh has to say. */
const requests = z.strictObject({
  reason: z.enum(['optional', 'required']).default('optional'),
  ticket: ticket.optional(),
});

/** The seed's 30 days are what Microsoft's own backups reach; more is for platforms whose backups are the installation's own (backupProblems.ts). */
const retentionDays = z.number().int().min(1).max(3650, 'must not exceed 3650').default(30);

const source = z.strictObject({ ...environment, retentionDays });

const sandbox = z.strictObject({
  ...environment,
  sources: z.array(z.string()).min(1),
  /** Of its own: with them, other sandboxes may name it as a source. */
  backups: z.strictObject({ retentionDays, settings: z.unknown().optional() }).optional(),
  viewers: z.array(whom).optional(),
  requesters: z.array(whom).min(1),
  approvers: z.array(whom).min(1),
  operators: z.array(whom).optional(),
  administrators: z.array(whom).optional(),
  urgent: z.array(whom).optional(),
  dataOwners: z.array(whom).optional(),
  approvals: z.strictObject({ channel: conversationId.optional() }).optional(),
  requests: requests.optional(),
  schedules: schedules.optional(),
  administrator: z.strictObject({ signIn: z.string(), objectId, tenantId: z.guid('is not a tenant id').toLowerCase() }),
  commands: z
    .strictObject({
      stopServices: command.optional(),
      startServices: command.optional(),
      checkHealth: command.optional(),
      synchronize: synchronization.optional(),
      announce: announcement.optional(),
    })
    .default({}),
  policy: policy.default(() => policy.parse({})),
  packs: z
    .array(z.string())
    .min(1)
    .default([...DEFAULT_PACKS]),
  withoutPacks: z
    .array(
      z.strictObject({
        pack: z.enum(DEFAULT_PACKS),
        reason: z.string().trim().min(1, 'is empty'),
        owner: z.string().trim().min(1, 'is empty'),
        until: z.string().refine((day) => z.iso.date().safeParse(day).success, 'is not a day such as 2026-12-31'),
      }),
    )
    .default([]),
  coverage: z.strictObject({ baseline: z.string().trim().min(1, 'is empty') }).optional(),
  masks: z
    .strictObject({
      stable: z.boolean(),
      fingerprint: z
        .string()
        .regex(/^[0-9a-f]{4}-[0-9a-f]{4}$/, 'is not a fingerprint as `rewind doctor` says it')
        .optional(),
    })
    .optional(),
  profile: profileSchema.optional(),
  url: z.url().optional(),
});

/**
 * The shape of environments.yaml; the settings of each environment are parsed by its provider afterwards. Names are judged apart:
 * a record that refuses one says nothing of what stands below it.
 */
export const installationSchema = z.strictObject({
  timeZone: z.string().refine(isTimeZone, 'is not an IANA time zone').default('UTC'),
  people: z
    .array(
      z.strictObject({
        id: objectId,
        ids: z.array(objectId).default([]),
        name: z.string().min(1),
        osAccounts: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  groups: z.record(z.string(), z.array(objectId)).default({}),
  moments: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(60),
        at: z.iso.datetime({
          offset: true,
          error: unlessMissing('is not an instant such as 2026-11-01T00:00:00+01:00'),
        }),
      }),
    )
    .default([]),
  webhooks: z.array(webhook).default([]),
  /** Whoever works in a terminal holds the journal's credential, so a click in Teams is the better proof. */
  terminalApproval: z.boolean().default(false),
  /** Off for the files of before there were reports: their workers have no key. */
  signedReportsOnly: z.boolean().default(false),
  /** The targets that the worker on this machine takes; all of them when absent. */
  serves: z.array(z.string()).optional(),
  sources: z.record(z.string(), source),
  sandboxes: z.record(z.string(), sandbox),
});

export type CommandDocument = z.infer<typeof command> | z.infer<typeof synchronization>;
export type InstallationDocument = z.infer<typeof installationSchema>;

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'gu').global;
  } catch {
    return false;
  }
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
