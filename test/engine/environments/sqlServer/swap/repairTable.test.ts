import { expect, test } from 'vitest';
import { namesOf } from '../../../../../engine/environments/sqlServer/names.ts';
import {
  type Rename,
  repairTable,
  type Shape,
  type SwapAction,
} from '../../../../../engine/environments/sqlServer/swap/repairTable.ts';
import { swapStatements } from '../../../../../engine/environments/sqlServer/statements/swap.ts';

/** What stands under the three names: the former database, the copy, or nothing. */
interface Places {
  readonly target: 'former' | 'copy' | null;
  readonly incoming: 'former' | 'copy' | null;
  readonly previous: 'former' | 'copy' | null;
}

const before: Places = { target: 'former', incoming: 'copy', previous: null };
const after: Places = { target: 'copy', incoming: null, previous: 'former' };

function shapeOf({ target, incoming, previous }: Places): Shape {
  const place = target === 'former' ? 'old' : target === 'copy' ? 'new' : 'none';
  return `${place} ${incoming ? 'incoming' : '-'} ${previous ? 'previous' : '-'}`;
}

function rename(places: Places, { from, to }: Rename): Places {
  // The server refuses both: a name that is taken (1801), and a database that is not there (5011).
  if (places[to] !== null || places[from] === null) throw new Error(`${from} → ${to} in ${shapeOf(places)}`);
  return { ...places, [to]: places[from], [from]: null };
}

function renamesFor(places: Places, action: SwapAction): readonly Rename[] {
  const repair = repairTable[action][shapeOf(places)];
  if ('refusal' in repair) throw new Error(repair.refusal);
  return repair;
}

/** Every state in which the server can die while it carries `action` out. */
function statesOf(start: Places, action: SwapAction): Places[] {
  const states = [start];
  for (const next of renamesFor(start, action)) states.push(rename(states.at(-1) ?? start, next));
  return states;
}

const goals: Readonly<Record<SwapAction, Places>> = { swap: after, 'swap-back': before };

for (const first of ['swap', 'swap-back'] as const) {
  for (const next of ['swap', 'swap-back'] as const) {
    test(`a ${first} that dies after any rename › is led on by ${next} from there, and again from wherever that one dies`, () => {
      const starts = statesOf(first === 'swap' ? before : after, first);
      expect(starts.length).toBe(3);
      for (const died of starts) {
        for (const diedAgain of statesOf(died, next)) {
          expect(statesOf(diedAgain, next).at(-1)).toEqual(goals[next]);
        }
      }
    });
  }
}

test('the repair table › refuses every state in which something is lost or there twice, and renames nothing then', () => {
  const refused = (action: SwapAction) =>
    Object.entries(repairTable[action]).flatMap(([shape, repair]) => ('refusal' in repair ? [shape] : []));
  expect(refused('swap').toSorted()).toEqual([
    'new incoming -',
    'new incoming previous',
    'none - -',
    'none - previous',
    'none incoming -',
    'old - -',
    'old - previous',
    'old incoming previous',
  ]);
  expect(refused('swap-back').toSorted()).toEqual([
    'new - -',
    'new incoming -',
    'new incoming previous',
    'none - -',
    'none incoming -',
    'old - previous',
    'old incoming previous',
  ]);
});

test('a swap › takes every database alone before the first rename and lets go of the first after the last', () => {
  const parts = ['AxDB', 'MRDB'].map((name) => ({
    names: namesOf(name, 'R-1'),
    renames: renamesFor(before, 'swap'),
    after: { target: { access: 'RESTRICTED_USER' }, previous: { access: 'RESTRICTED_USER' } } as const,
  }));
  const kinds = swapStatements(parts).map(
    (text) => /STATISTICS_ASYNC|SINGLE_USER|MODIFY NAME|RESTRICTED_USER/.exec(text)?.[0],
  );
  expect(kinds.join(' ')).toBe(
    [
      ...Array.from({ length: 4 }, () => 'STATISTICS_ASYNC SINGLE_USER'),
      ...Array.from({ length: 4 }, () => 'MODIFY NAME'),
      ...Array.from({ length: 4 }, () => 'RESTRICTED_USER'),
    ].join(' '),
  );
});
