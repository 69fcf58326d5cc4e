import type { Mention } from './run/runContext.ts';
import { NONE } from './run/stepRows.ts';
import { joinMd, mentionName, safe, type Md } from './text.ts';

/** People mentioned in a text, and what the client needs to make mentions of it. */
export function mentioned(people: readonly Mention[]): { readonly text: Md; readonly entities: readonly object[] } {
  const named = people.map(({ id, name }) => ({ id, name: mentionName(name) }));
  return {
    text:
      named.length === 0
        ? NONE
        : joinMd(
            named.map(({ name }) => safe`<at>${name}</at>`),
            ', ',
          ),
    entities: named.map(({ id, name }) => ({ type: 'mention', text: `<at>${name}</at>`, mentioned: { id, name } })),
  };
}
