/** What is read on a card from top to bottom, a line each; buttons last, in brackets. What opens by a click stays closed. */
export function cardLines(card: unknown): readonly string[] {
  const { body, actions } = card as { readonly body?: unknown; readonly actions?: unknown };
  return [...linesOf(body), ...buttonsOf(actions)].map((line) => line.replaceAll(/\s*\n+\s*/g, ' · '));
}

/** The first line of its head, and the word for its state. */
export function headOf(card: unknown): string {
  const [title = ''] = textsOf(card, ({ type, style }) => type === 'TextBlock' && style === 'heading');
  const [badge] = textsOf(card, ({ type }) => type === 'Badge');
  return badge === undefined ? title : `${title} [${badge}]`;
}

type Part = Readonly<Record<string, unknown>>;

function linesOf(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(linesOf);
  if (!isPart(node) || node['isVisible'] === false) return [];
  const { type, text, label, items, columns, inlines, facts, style } = node;
  switch (type) {
    case 'TextBlock':
      return style === 'heading' ? [] : [plainOf(text)];
    case 'RichTextBlock':
      return [(inlines as readonly Part[]).map((inline) => plainOf(inline['text'])).join('')];
    case 'FactSet':
      return (facts as readonly Part[]).map(({ title, value }) => `${plainOf(title)}: ${plainOf(value)}`);
    case 'ColumnSet':
      return [
        (columns as readonly Part[])
          .flatMap((column) => linesOf(column['items']))
          .filter((line) => line !== '')
          .join('  '),
      ].filter((line) => line !== '');
    case 'Input.Text':
    case 'Input.ChoiceSet':
      return [`${plainOf(label)} ${type === 'Input.Text' ? '____' : `(${choicesOf(node)})`}`];
    case 'ActionSet':
      return buttonsOf(node['actions']);
    case 'CodeBlock':
      return [plainOf(node['codeSnippet'])];
    default:
      return linesOf(items);
  }
}

const choicesOf = ({ choices }: Part): string =>
  (choices as readonly Part[]).map(({ title }) => plainOf(title)).join(' | ');

const buttonsOf = (actions: unknown): readonly string[] => {
  const titles = Array.isArray(actions) ? actions.filter(isPart).map(({ title }) => `[${plainOf(title)}]`) : [];
  return titles.length === 0 ? [] : [titles.join(' ')];
};

/** Without the marks by which a client makes letters bold, and the escapes that keep it from making others so. */
const plainOf = (text: unknown): string =>
  (typeof text === 'string' ? text : '')
    .replaceAll(/<\/?at>/g, '')
    .replaceAll('**', '')
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!|~>])/g, '$1');

function textsOf(node: unknown, is: (part: Part) => boolean): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((one) => textsOf(one, is));
  if (!isPart(node)) return [];
  return [
    ...(is(node) ? [plainOf(node['text'])] : []),
    ...Object.entries(node).flatMap(([key, value]) => (key === 'fallback' ? [] : textsOf(value, is))),
  ];
}

const isPart = (node: unknown): node is Part => typeof node === 'object' && node !== null && !Array.isArray(node);
