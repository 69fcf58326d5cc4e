import type { DataElement, Plan } from '../../engine/contracts.ts';
import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import type { Reader } from '../reader.ts';
import { subjectOf, type RunContext } from '../run/runContext.ts';
import type { Md } from '../text.ts';
import { elementLine } from './planFacts.ts';
import template from '../templates/planData.json' with { type: 'json' };

/** Characters of one page: a card takes more, and nobody reads more at once. */
const PAGE = 5000;
const WHOLE = 2000;

/** What the plan keeps and clears, every table and every reason, page by page: what `view-plan` with a page answers. */
export function planDataCard(context: RunContext, plan: Plan, page: number): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target } = subject;
  const words = r.words.plan;
  const pages = pagesOf([
    ...section(r, words.keptTitle(plan.keptFromTarget.length, target), plan.keptFromTarget),
    ...section(r, words.clearedTitle(plan.cleared.length), plan.cleared),
  ]);
  const shown = Math.min(Math.max(1, page), pages.length);
  const to = (n: number) => ({ runId: run.runId, n });
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'list',
      title: words.dataTitle(target),
      subtitle: words.dataSubtitle(runId, shown, pages.length),
      badge: r.words.states[run.state],
    }),
    lines: (pages[shown - 1] ?? []).map((text) => ({ text })),
    actions: [
      ...(shown < pages.length ? [execute('view-plan', words.dataMore, to(shown + 1))] : []),
      ...(shown > 1 ? [execute('view-plan', words.dataBack, to(shown - 1))] : []),
      execute('view-run', r.words.progress.view, { runId: run.runId }),
    ],
  });
}

const section = (r: Reader, title: Md, elements: readonly DataElement[]): readonly Md[] => [
  title,
  ...elements.map((element) => elementLine(r, element, WHOLE, WHOLE)),
];

function pagesOf(lines: readonly Md[]): readonly (readonly Md[])[] {
  const pages: Md[][] = [[]];
  let characters = 0;
  for (const line of lines) {
    characters += line.length;
    if (characters > PAGE) {
      pages.push([]);
      characters = line.length;
    }
    pages.at(-1)?.push(line);
  }
  return pages;
}
