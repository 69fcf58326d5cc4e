import { z } from 'zod';

export const REPORT_FORMAT = 'rewind-report/1';

const identity = z.object({ name: z.string(), identity: z.string() });

const place = { database: z.string(), schema: z.string(), table: z.string(), column: z.string() };
const finding = z.object({ ...place, kind: z.string(), count: z.number() });

/** What became of the columns: how many of each kind, and by name those that look personal or secret and nobody has decided about. */
const coverage = z.object({
  ...{ ruled: z.number(), harmless: z.number(), system: z.number(), unknown: z.number(), looked: z.number() },
  hasBaseline: z.boolean(),
  suspicious: z.array(z.object({ ...place, looksLike: z.array(z.string()) })),
  more: z.number(),
});

/** What was found, and who has accepted it. */
const exception = z.object({
  ...{ by: z.string(), reason: z.string(), until: z.string(), at: z.string(), run: z.string() },
  findings: z.array(finding.extend({ proof: z.string() })),
});

/** What the sandbox alone enforces, tried on the copy. */
const customizations = z.object({
  own: z.number(),
  untried: z.number(),
  misfits: z.array(
    z.object({
      ...{ kind: z.string(), name: z.string(), table: z.string(), columns: z.array(z.string()) },
      rows: z.number(),
    }),
  ),
});

/** How much of each part of the profile is done, and how much is left as the packs leave it. */
const profile = z.array(z.object({ part: z.string(), done: z.number(), left: z.number() }));

/** A proof as a step has recorded it; names that a later version adds are shown as they are written. */
const proof = z.object({
  step: z.string(),
  at: z.string(),
  name: z.string(),
  searched: z.object({ tables: z.number(), columns: z.number(), bytes: z.number(), values: z.number() }),
  notSearched: z.array(z.object({ what: z.string(), why: z.string() })),
  findings: z.array(finding),
  sampled: z.boolean(),
  seconds: z.number(),
  coverage: coverage.optional(),
});

const rule = z.object({
  rule: z.string(),
  pack: z.string(),
  database: z.enum(['application', 'financialReporting']),
  table: z.string(),
  /** Changed, or kept from the sandbox; absent where nobody has counted. */
  rows: z.number().optional(),
  isEstimate: z.literal(true).optional(),
  keptFromTarget: z.literal(true).optional(),
  /** Of the sandbox, added or changed since the plan, and so not kept. */
  left: z.number().optional(),
  /** That are not as the rule's post-condition says. */
  offendingRows: z.number(),
  skipped: z.string().optional(),
});

/**
 * What was proved of one copy before the switch, and what was not. It names nobody: who asked and who approved stands in the
 * records that it points to. The exceptions are who answers for what was found or left out: the owner of a pack that is left out, as
 * environments.yaml says it, and whoever has accepted a finding.
 */
export const report = z.object({
  format: z.literal(REPORT_FORMAT),
  run: z.string(),
  madeAt: z.string(),
  /** Name of the key it is signed with; absent: it is not signed. */
  key: z.string().optional(),
  source: identity,
  /** The databases that the copy takes the place of. */
  target: identity,
  recoveryPoint: z.object({ application: z.string(), financialReporting: z.string() }),
  plan: z.object({ digest: z.string(), packsHash: z.string() }),
  /** How many records the run had, and the hash of the last: with the journal, both can be looked up. */
  chain: z.object({ records: z.number(), head: z.string() }),
  decisions: z.array(
    z.object({
      decision: z.enum(['confirm', 'approve']),
      role: z.enum(['requester', 'approver']),
      way: z.enum(['teams', 'terminal', 'schedule', 'unknown']),
      at: z.string(),
      record: z.number(),
      /** Name of the bot's key. */
      signedBy: z.string().optional(),
    }),
  ),
  /** Asked for as urgent: nobody approved it. */
  isUrgent: z.literal(true).optional(),
  /** The run whose clean report let the policy do without an approval. */
  approvalWaivedFor: z.string().optional(),
  packs: z.array(z.object({ name: z.string(), hash: z.string(), rules: z.number() })),
  withoutPacks: z.array(
    z.object({
      pack: z.string(),
      reason: z.string().optional(),
      owner: z.string().optional(),
      until: z.string().optional(),
    }),
  ),
  /** Absent in reports that are older than this member, and where nothing was accepted. */
  exceptions: z.array(exception).optional(),
  /** Absent where nothing was tried. */
  customizations: customizations.optional(),
  /** Absent in reports that are older than this member, and where the sandbox has no profile. */
  profile: profile.optional(),
  rules: z.array(rule),
  proofs: z.array(proof),
  limits: z.array(z.string()),
});

export type Report = Readonly<z.infer<typeof report>>;
export type ReportedRule = Report['rules'][number];
export type ReportedProof = Report['proofs'][number];
