import { z } from 'zod';

/** The part of a JSON schema that says which keys there are. */
const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    default: z.unknown().optional(),
    properties: z.record(z.string(), node).optional(),
    additionalProperties: z.union([z.boolean(), node]).optional(),
    items: node.optional(),
    anyOf: z.array(node).optional(),
    oneOf: z.array(node).optional(),
  }),
);

interface Node {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: boolean | Node;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

/** Every key that a schema takes, as a path, with its default as JSON; `names` says what stands for a key that people choose. */
export function keysOf(
  schema: z.ZodType,
  names: (path: string) => string = () => 'NAME',
): ReadonlyMap<string, string | undefined> {
  const keys = new Map<string, string | undefined>();
  const walk = (one: Node, path: string): void => {
    for (const [key, inner] of Object.entries(one.properties ?? {})) {
      keys.set(join(path, key), inner.default === undefined ? undefined : JSON.stringify(inner.default));
      walk(inner, join(path, key));
    }
    if (typeof one.additionalProperties === 'object') {
      const chosen = join(path, names(path));
      if (names(path) !== 'NAME') keys.set(chosen, undefined);
      walk(one.additionalProperties, chosen);
    }
    if (one.items) walk(one.items, `${path}[]`);
    for (const inner of [...(one.anyOf ?? []), ...(one.oneOf ?? [])]) walk(inner, path);
  };
  walk(node.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })), '');
  return keys;
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
