import type { News } from '../conversations.ts';
import { prepareRenderer } from './cards.ts';
import { memory } from './memory.ts';
import { createPane } from './pane.ts';
import { openStore } from './store.ts';
import type { Theme } from './teamsHost.ts';

prepareRenderer({ withTeamsElements: true });

const find = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, id = '') => {
  const found = document.querySelector<HTMLElementTagNameMap[Tag]>(`${tag}${id}`);
  if (!found) throw new Error(`The page has no ${tag}${id}`);
  return found;
};
const main = find('main');
const switchButton = find('button', '#switch');
const themeButton = find('button', '#theme');

/** Below this only one of the two is seen at a time. */
const isNarrow = matchMedia('(max-width: 760px)');
let front = 0;
let theme: Theme = memory.theme();

const store = await openStore((news) => hear(news));
const panes = store.guide.people.map((person, place) =>
  createPane(store, {
    place,
    // Who asks begins where both of them are; who approves is elsewhere, and sees the mark.
    seat: memory.seat(place, {
      personId: person.id,
      locale: 'en-GB',
      timeZone: 'Europe/Berlin',
      conversation: store.conversationsOf(person.id).find(({ kind }) => kind === (place === 0 ? 'channel' : 'personal'))
        ?.id,
    }),
    theme: () => theme,
    isInFront: () => !isNarrow.matches || front === place,
    onChange: () => drawFrame(),
  }),
);
main.append(...panes.map(({ element }) => element));

function hear(news: News | undefined): void {
  for (const pane of panes) pane.hear(news);
  drawFrame();
}

/** What stands around the panes: the theme, and on a narrow screen whose pane the other one is. */
function drawFrame(): void {
  document.documentElement.dataset['theme'] = theme;
  themeButton.textContent = theme === 'dark' ? 'Light' : 'Dark';
  panes.forEach(({ element }, place) => element.classList.toggle('front', place === front));
  const other = panes[1 - front];
  switchButton.textContent = `Be ${other?.personName() ?? ''}${other?.isMentioned() ? ' @' : ''}`;
  switchButton.classList.toggle('named', other?.isMentioned() ?? false);
}

function drawAll(): void {
  drawFrame();
  for (const pane of panes) pane.draw();
}

themeButton.addEventListener('click', () => {
  theme = theme === 'dark' ? 'light' : 'dark';
  memory.keepTheme(theme);
  drawAll();
});
switchButton.addEventListener('click', () => {
  front = 1 - front;
  drawAll();
});
isNarrow.addEventListener('change', drawAll);
drawAll();
