import type * as AdaptiveCardsModule from 'adaptivecards';

/** The scripts beside this one define these; the page has no types for them. */
const scripts = () =>
  globalThis as never as {
    readonly AdaptiveCards: typeof AdaptiveCardsModule;
    readonly markdownit: (options: object) => {
      render(text: string): string;
      readonly linkify: { set(options: object): void };
    };
  };

export type Drawing = AdaptiveCardsModule.AdaptiveCard;
export type CardAction = AdaptiveCardsModule.Action;

/** Members of Badge, CodeBlock and ProgressBar, as far as they are drawn. */
interface Source {
  readonly text?: string;
  readonly style?: string;
  readonly codeSnippet?: string;
  readonly value?: number;
}

/** To be called once: Teams' own elements and mentions are not in the reference renderer. */
export function prepareRenderer({ withTeamsElements }: { readonly withTeamsElements: boolean }): void {
  const { AdaptiveCards, markdownit } = scripts();
  const markdown = markdownit({ linkify: true });
  markdown.linkify.set({ fuzzyEmail: false });
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown
      .render(text)
      .replace(/&lt;at&gt;(.*?)&lt;\/at&gt;/g, '<span class="mention">$1</span>')
      .trim();
    result.didProcess = true;
  };
  if (!withTeamsElements) return;
  for (const [name, drawn] of Object.entries(teamsElements)) {
    AdaptiveCards.GlobalRegistry.elements.register(
      name,
      class extends AdaptiveCards.CardElement {
        source: Source = {};
        getJsonTypeName() {
          return name;
        }
        protected override internalParse(source: object, context: never) {
          super.internalParse(source, context);
          this.source = source;
        }
        protected internalRender() {
          return drawn(this.source);
        }
      },
    );
  }
}

export interface CardLook {
  readonly config: object;
  /** Narrow clients leave out what is only for wide ones. */
  readonly isWide: boolean;
}

/** The card, parsed and not yet drawn: `render()` does that. */
export function parseCard(
  card: unknown,
  { config, isWide }: CardLook,
  onAction: (action: CardAction) => void,
): Drawing {
  const { AdaptiveCards } = scripts();
  const drawing = new AdaptiveCards.AdaptiveCard();
  drawing.hostConfig = new AdaptiveCards.HostConfig(config);
  drawing.onExecuteAction = onAction;
  drawing.parse(fitted(card, isWide));
  return drawing;
}

function fitted(node: unknown, isWide: boolean): unknown {
  if (Array.isArray(node)) {
    return node
      .filter((item: { targetWidth?: string } | null) => isWide || item?.targetWidth !== 'atLeast:Standard')
      .map((item) => fitted(item, isWide));
  }
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fitted(value, isWide)]));
}

const box = (className: string, text = '') =>
  Object.assign(document.createElement('div'), { className, textContent: text });

const teamsElements: Readonly<Record<string, (source: Source) => HTMLElement>> = {
  Badge: ({ style, text }) => box(`badge ${style?.toLowerCase()}`, text),
  CodeBlock: ({ codeSnippet }) => box('code', codeSnippet),
  ProgressBar: ({ value = 0 }) => {
    const filled = box('');
    filled.style.width = `${value}%`;
    const bar = box('bar');
    bar.append(filled);
    return bar;
  },
};
