import { z } from 'zod';
import { DEFAULT_PACKS } from '../engine/contracts.ts';

/** What environments.yaml says about how its parts belong together, as far as it can be read: so that one wrong key does not hide the rest. */
export interface Outline {
  /** All ids of each person. */
  readonly people: readonly { readonly ids: readonly string[] }[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly sources: Readonly<Record<string, EnvironmentOutline>>;
  readonly sandboxes: Readonly<Record<string, SandboxOutline>>;
  readonly serves: readonly string[];
  readonly webhooks: readonly { readonly name: string; readonly sandboxes: readonly string[] }[];
}

export interface EnvironmentOutline {
  readonly provider: string;
  readonly settings?: unknown;
  readonly databases: readonly string[];
  readonly retentionDays: number;
}

interface SandboxOutline extends EnvironmentOutline {
  readonly backups?: { readonly settings?: unknown; readonly retentionDays: number } | undefined;
  readonly sources: readonly string[];
  readonly viewers?: readonly string[] | undefined;
  readonly requesters: readonly string[];
  readonly approvers: readonly string[];
  readonly operators?: readonly string[] | undefined;
  readonly administrators?: readonly string[] | undefined;
  readonly urgent?: readonly string[] | undefined;
  readonly dataOwners?: readonly string[] | undefined;
  readonly approvals: string;
  readonly packs: readonly string[];
  readonly withoutPacks: readonly { readonly pack: string }[];
  readonly schedules?: { readonly onCall?: string | undefined } | undefined;
}

const names = z.array(z.string()).catch([]);
const ids = z.array(z.string().toLowerCase()).catch([]);
const retentionDays = z.number().catch(30);
const environment = {
  provider: z.string().catch(''),
  settings: z.unknown().optional(),
  databases: z
    .record(z.string(), z.string())
    .transform((databases) => Object.values(databases))
    .catch([]),
  retentionDays,
};
const backups = z.object({ settings: z.unknown().optional(), retentionDays }).optional().catch(undefined);
const packs = z.array(z.string()).catch([...DEFAULT_PACKS]);
const withoutPacks = z.array(z.object({ pack: z.string() })).catch([]);
const more = {
  viewers: ids.optional(),
  operators: ids.optional(),
  administrators: ids.optional(),
  urgent: ids.optional(),
  dataOwners: ids.optional(),
};
const roles = { requesters: ids, approvers: ids, ...more };
const sandbox = z
  .object({
    ...environment,
    backups,
    sources: names,
    ...roles,
    packs,
    withoutPacks,
    schedules: z.object({ onCall: z.string().toLowerCase().optional() }).optional().catch(undefined),
    policy: z.object({ approvals: z.string().catch('one') }).catch({ approvals: 'one' }),
  })
  .transform(({ policy, ...rest }) => ({ ...rest, approvals: policy.approvals }));
const noEnvironment = { provider: '', settings: undefined, databases: [], retentionDays: 30 };
const noSandbox = {
  ...noEnvironment,
  sources: [],
  requesters: [],
  approvers: [],
  approvals: 'one',
  packs: [],
  withoutPacks: [],
};
const person = z
  .object({ id: z.string().toLowerCase(), ids })
  .transform((one) => ({ ids: [one.id, ...one.ids] }))
  .catch({ ids: [] });
const outline = z.object({
  people: z.array(person).catch([]),
  groups: z.record(z.string(), ids).catch({}),
  sources: z.record(z.string(), z.object(environment).catch(noEnvironment)).catch({}),
  sandboxes: z.record(z.string(), sandbox.catch(noSandbox)).catch({}),
  serves: names,
  webhooks: z.array(z.object({ name: z.string(), sandboxes: names })).catch([]),
});

export const outlineOf = (document: unknown): Outline =>
  outline.catch({ people: [], groups: {}, sources: {}, sandboxes: {}, serves: [], webhooks: [] }).parse(document);
