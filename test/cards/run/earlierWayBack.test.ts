import { expect, test } from 'vitest';
import { CARD_STATES } from '../states.ts';
import { textOf } from '../walk.ts';

const textOfState = (name: string): string => {
  const found = CARD_STATES.find((state) => state.name === name);
  if (!found) throw new Error(`There is no state ${name}`);
  return textOf(found.card()).replaceAll('**', '');
};

test.each(['a plan that puts an earlier way back behind it', 'approval that puts an earlier way back behind it'])(
  '%s › says when the earlier one is open again, how long its former database stays, and what all of them take',
  (name) => {
    const text = textOfState(name);
    expect(text).toMatch(
      /The way back of R-1021 \(promised until (Thu, 3 Dec[^)]*)\) is then open only after this run is rolled back; its former database stays until \1\./,
    );
    expect(text).toContain('Former databases beside UAT today: R-1010 370 GB · R-1021 385 GB.');
  },
);

test('the card of a run that a later one has switched over › says how its way back is open, and until when', () => {
  expect(textOfState('replaced, with its way back behind a later run')).toMatch(
    /The way back of this run \(promised until (Thu, 3 Dec[^)]*)\) is open only after R-1043 is rolled back; its former database stays until \1\./,
  );
});

test('the question for a sign-off › names what is lost, the earlier way back that ends with it, and every open item', () => {
  const text = textOfState('question: sign off');
  expect(text).toContain('The former database of UAT is dropped, and with it the way back.');
  expect(text).toMatch(/The way back of R-1021 \(promised until Thu, 3 Dec[^)]*\) ends with it\./);
  expect(text).toContain('Not ticked off yet: Enable the users who may work here · Release the batch jobs you need.');
});
