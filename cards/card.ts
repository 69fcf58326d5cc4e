// Not from the package's index: its types pull in the sources of `adaptivecards`, which do not compile here.
import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import header from './templates/parts/header.json' with { type: 'json' };
import facts from './templates/parts/facts.json' with { type: 'json' };
import steps from './templates/parts/steps.json' with { type: 'json' };
import times from './templates/parts/times.json' with { type: 'json' };

/** A finished Adaptive Card: plain JSON, ready to be attached to a message. */
export type Card = Readonly<Record<string, unknown>> & { readonly [finished]: true };
declare const finished: unique symbol;

/** What several templates show alike; a template names it with `{ "$include": "header" }`. */
const PARTS: Readonly<Record<string, unknown>> = { header, facts, steps, times };

/**
 * Fills a template. Exactly once per card: a second expansion would evaluate `${…}` inside the data.
 * `view` must be full: a missing member leaves `${x}` on the card, null throws.
 */
export function fillTemplate(template: object, view: object): Card {
  // expand() is typed `any`; what it returns is the template's own JSON with strings filled in.
  return prepared(template).expand({ $root: view }) as Card;
}

/** Reading the expressions costs ten times as much as filling them in, so each template is read once. */
const READ = new WeakMap<object, Template>();

function prepared(template: object): Template {
  const known = READ.get(template);
  if (known) return known;
  const read = new Template(withParts(template));
  READ.set(template, read);
  return read;
}

/** Replaces every include by its part; happens before any data is near. */
function withParts(node: unknown): unknown {
  if (Array.isArray(node)) return node.map((item) => withParts(item));
  if (typeof node !== 'object' || node === null) return node;
  if ('$include' in node) {
    const { $include, ...rest } = node;
    const part = PARTS[String($include)];
    if (typeof part !== 'object') throw new TypeError(`No template part is called ${String($include)}`);
    return { ...part, ...rest };
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withParts(value)]));
}
