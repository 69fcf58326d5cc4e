import { z } from 'zod';

/** What environments.yaml says about how its parts belong together, as far as it can be read: so that one wrong key does not hide the rest. */
export interface Outline {
  /** All ids of each person. */
  readonly people: readonly { readonly ids: readonly string[] }[];
  readonly sources: Readonly<Record<string, EnvironmentOutline>>;
  readonly sandboxes: Readonly<Record<string, SandboxOutline>>;
  readonly serves: readonly string[];
}

interface EnvironmentOutline {
  readonly provider: string;
  readonly settings?: unknown;
}

interface SandboxOutline extends EnvironmentOutline {
  readonly sources: readonly string[];
  readonly requesters: readonly string[];
  readonly approvers: readonly string[];
}

const names = z.array(z.string()).catch([]);
const ids = z.array(z.string().toLowerCase()).catch([]);
const environment = { provider: z.string().catch(''), settings: z.unknown().optional() };
const sandbox = z.object({ ...environment, sources: names, requesters: ids, approvers: ids });
const person = z
  .object({ id: z.string().toLowerCase(), ids })
  .transform((one) => ({ ids: [one.id, ...one.ids] }))
  .catch({ ids: [] });
const outline = z.object({
  people: z.array(person).catch([]),
  sources: z.record(z.string(), z.object(environment).catch({ provider: '', settings: undefined })).catch({}),
  sandboxes: z
    .record(
      z.string(),
      sandbox.catch({ provider: '', settings: undefined, sources: [], requesters: [], approvers: [] }),
    )
    .catch({}),
  serves: names,
});

export const outlineOf = (document: unknown): Outline =>
  outline.catch({ people: [], sources: {}, sandboxes: {}, serves: [] }).parse(document);
