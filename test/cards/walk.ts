import type { Card } from '../../cards/index.ts';

export type Node = Readonly<Record<string, unknown>>;

/** Every object of a card, with its path; `fallback` contents too. */
export function nodesOf(card: Card): readonly { readonly node: Node; readonly path: string }[] {
  const found: { node: Node; path: string }[] = [];
  visit(card, 'card');
  return found;

  function visit(value: unknown, path: string): void {
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, `${path}[${index}]`));
    else if (typeof value === 'object' && value !== null) {
      // The guard above has shown that it is an object.
      found.push({ node: value as Node, path });
      for (const [key, member] of Object.entries(value)) visit(member, `${path}.${key}`);
    }
  }
}

export function ofType(card: Card, pattern: RegExp): readonly Node[] {
  return nodesOf(card)
    .map(({ node }) => node)
    .filter((node) => typeof node.type === 'string' && pattern.test(node.type));
}

/** Every text that a client reads as markdown. */
export function markdownOf(card: Card): readonly string[] {
  return nodesOf(card).flatMap(({ node, path }) => {
    if (node.type === 'TextBlock') return [String(node.text)];
    return /\.facts\[\d+\]$/.test(path) ? [String(node.title), String(node.value)] : [];
  });
}

/** All that is written on the card, for tests about words. */
export function textOf(card: Card): string {
  return nodesOf(card)
    .flatMap(({ node }) => ['text', 'title', 'value', 'label', 'codeSnippet'].map((key) => node[key]))
    .filter((text) => typeof text === 'string')
    .join('\n');
}

export function titlesOfActions(card: Card): readonly string[] {
  return ((card.actions ?? []) as readonly Node[]).map(({ title }) => String(title));
}
