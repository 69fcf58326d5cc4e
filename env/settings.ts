import { z } from 'zod';
import { ConfigurationError, problemsOf, textOf, unlessMissing } from './problems.ts';
import { signingKey, verifyingKeys } from './decisionKeys.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const EXAMPLES: Readonly<Record<string, string>> = {
  BOT_ID: '6a0f5c6e-7c39-4f5f-8d0e-1b9b61e28d0e',
  BOT_PASSWORD: 'the client secret of the bot’s app registration',
  BOT_TENANT_ID: '3d9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a03',
  BOT_TYPE: 'SingleTenant or UserAssignedMsi',
  PORT: '3978',
  REWIND_JOURNAL_URL: 'postgres://rewind:…@db.contoso.example/rewind',
  REWIND_REDIS_URL: 'redis://127.0.0.1:6379',
  REWIND_ENVIRONMENTS: 'env/environments.yaml',
  REWIND_PUBLIC_URL: 'https://rewind.contoso.example',
  REWIND_LINK_KEYS: '2026a:32-or-more-random-characters,2025b:the-former-key',
  REWIND_SIGNING_KEY: '2026a:… from `rewind signing-key 2026a`',
  REWIND_MASKS_SECRET: '32 or more random characters, for example of `openssl rand -base64 32`',
  REWIND_VERIFYING_KEYS: '2026a:… from `rewind signing-key 2026a`',
  REWIND_REPORT_KEY: 'reports-2026:… from `rewind signing-key reports-2026 --reports`',
  REWIND_REPORT_KEYS: 'reports-2026:… from `rewind signing-key reports-2026 --reports`',
};

/** An address of one of these kinds. */
const oneOf = (kinds: readonly string[]) => ({
  protocol: new RegExp(`^(${kinds.join('|')})$`),
  error: unlessMissing(`is not an address ${kinds.slice(0, 2).join('://… or ')}://…`),
});

const common = {
  REWIND_JOURNAL_URL: z.url(oneOf(['postgres', 'mssql', 'postgresql', 'sqlserver'])),
  REWIND_REDIS_URL: z.url(oneOf(['redis', 'rediss'])),
  REWIND_QUEUE_PREFIX: z.string().default('rewind'),
  REWIND_ENVIRONMENTS: z.string().default('env/environments.yaml'),
  REWIND_PACKS: z.string().optional(),
  REWIND_AUDIT_FILE: z.string().optional(),
  REWIND_VERIFYING_KEYS: verifyingKeys.optional(),
  REWIND_REPORT_KEYS: verifyingKeys.optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
};

const linkKeys = z.string().transform((text, context) =>
  text.split(',').map((part) => {
    const [id, key] = part.split(':', 2).map((one) => one.trim());
    if (!id || !key || key.length < 32)
      context.addIssue({ code: 'custom', message: 'each key is `id:secret` with a secret of at least 32 characters' });
    return { id: id ?? '', key: key ?? '' };
  }),
);

const demoBot = z.object({ ...common, REWIND_LINK_KEYS: linkKeys, REWIND_SIGNING_KEY: signingKey.optional() });

const bot = z
  .object({
    ...common,
    BOT_ID: z.guid(),
    BOT_TENANT_ID: z.guid(),
    // An exact list: the SDK takes any other word for a bot of every tenant.
    BOT_TYPE: z.enum(['SingleTenant', 'UserAssignedMsi']).default('SingleTenant'),
    BOT_PASSWORD: z.string().min(1).optional(),
    PORT: z.coerce.number().int().min(1).max(65_535).default(3978),
    HOST: z.string().default('127.0.0.1'),
    REWIND_PUBLIC_URL: z.url({ protocol: /^https$/ }),
    REWIND_LINK_KEYS: linkKeys,
    REWIND_SIGNING_KEY: signingKey.optional(),
  })
  .transform(({ BOT_TYPE, BOT_PASSWORD, ...settings }, context) => {
    if (BOT_TYPE === 'UserAssignedMsi') return { ...settings, credential: { kind: 'managed-identity' as const } };
    if (BOT_PASSWORD !== undefined)
      return { ...settings, credential: { kind: 'secret' as const, secret: BOT_PASSWORD } };
    context.addIssue({ code: 'custom', path: ['BOT_PASSWORD'], message: 'is needed for SingleTenant' });
    return z.NEVER;
  });

const worker = z.object({
  ...common,
  REWIND_WORKER: z.string().optional(),
  REWIND_MASKS_SECRET: z.string().min(32, 'has fewer than 32 characters').optional(),
  REWIND_REPORT_KEY: signingKey.optional(),
  REWIND_SURVEY_SECONDS: z.coerce.number().int().min(1).default(60),
});

export type BotSettings = z.infer<typeof bot>;
export type WorkerSettings = z.infer<typeof worker>;
/** What bot, worker and `rewind` have in common. */
export type CommonSettings = Pick<WorkerSettings, keyof typeof common>;

const reportReader = z.object({ REWIND_REPORT_KEYS: verifyingKeys.default([]) });

export type ReportKeys = z.infer<typeof reportReader>['REWIND_REPORT_KEYS'];

/** For whoever verifies a report and has nothing else of an installation. @throws ConfigurationError */
export const readReportKeys = (variables: Variables): ReportKeys => parse(reportReader, variables).REWIND_REPORT_KEYS;

/** @throws ConfigurationError naming every variable that is missing or wrong */
export const readBotSettings = (variables: Variables): BotSettings => parse(bot, variables);
export const readDemoBotSettings = (variables: Variables) => parse(demoBot, variables);
export const readWorkerSettings = (variables: Variables): WorkerSettings => parse(worker, variables);

function parse<T extends z.ZodType>(schema: T, variables: Variables): z.infer<T> {
  const parsed = schema.safeParse(variables);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error, [], (path) => EXAMPLES[path.split('.')[0] ?? ''] ?? '');
  throw new ConfigurationError(
    'The environment',
    problems.map(({ path, reason, example }) => ({ place: textOf(path), reason, example })),
  );
}
