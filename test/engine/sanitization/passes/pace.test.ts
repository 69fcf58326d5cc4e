import { expect, test } from 'vitest';
import { nextSize, type Outcome } from '../../../../engine/sanitization/passes/pace.ts';
import { createRandom, type Random } from '../../simulation/random.ts';

const HISTORIES = 300;
const limitsFrom = (random: Random) => ({ most: 1 + random.below(40), goalMs: 1 + random.below(60_000) });

function outcomeFrom(random: Random, size: number, goalMs: number): Outcome {
  const done = random.chance(0.2) ? 1 + random.below(size) : size;
  if (random.chance(0.2)) return { kind: 'struck', size: done };
  const ms = random.chance(0.1) ? undefined : random.pick([0, random.below(goalMs), random.below(goalMs * 20)]);
  return { kind: 'done', size: done, ms };
}

test('a part › is never smaller than one piece nor larger than the most, whatever has happened', () => {
  for (let seed = 0; seed < HISTORIES; seed += 1) {
    const random = createRandom(seed);
    const limits = limitsFrom(random);
    let size = limits.most;
    for (let n = 0; n < 40; n += 1) {
      const outcome = outcomeFrom(random, size, limits.goalMs);
      const next = nextSize(size, outcome, limits);
      expect(Number.isInteger(next) && next >= 1 && next <= limits.most).toBe(true);
      const isSlow = outcome.kind === 'done' && (outcome.ms ?? 0) > limits.goalMs;
      const isHalved = next <= Math.max(1, Math.floor(outcome.size / 2));
      const isSmaller = next < size || size === 1;
      expect(outcome.kind === 'struck' ? isHalved : isSlow ? isSmaller : next >= size).toBe(true);
      expect(next).toBeLessThanOrEqual(size * 2);
      size = next;
    }
  }
});

test('a part › settles at a size that meets the goal, for any pace of the platform, and stays there', () => {
  for (let seed = 0; seed < HISTORIES; seed += 1) {
    const random = createRandom(seed);
    const limits = limitsFrom(random);
    const msPerPiece = random.pick([random.next(), random.next() * 100, random.next() * limits.goalMs * 2]);
    let size = limits.most;
    for (let n = 0; n < 20; n += 1) size = nextSize(size, outcomeFrom(random, size, limits.goalMs), limits);
    const at = (pieces: number): Outcome => ({ kind: 'done', size: pieces, ms: pieces * msPerPiece });
    for (let n = 0; n < 10; n += 1) size = nextSize(size, at(size), limits);
    const settled = size;
    expect(settled === 1 || settled * msPerPiece <= limits.goalMs * 1.0001).toBe(true);
    expect(settled === limits.most || 4 * settled * msPerPiece >= limits.goalMs).toBe(true);
    for (let n = 0; n < 5; n += 1) expect((size = nextSize(size, at(size), limits))).toBe(settled);
  }
});

test('a part › is as large as ever a few parts behind the last trouble, and where nothing is measured stays so', () => {
  for (let seed = 0; seed < HISTORIES; seed += 1) {
    const random = createRandom(seed);
    const limits = limitsFrom(random);
    let size = limits.most;
    for (let n = 0; n < 20; n += 1) size = nextSize(size, outcomeFrom(random, size, limits.goalMs), limits);
    for (let n = 0; n < 6; n += 1) size = nextSize(size, { kind: 'done', size, ms: 0 }, limits);
    expect(size).toBe(limits.most);
    expect(nextSize(size, { kind: 'done', size, ms: undefined }, limits)).toBe(limits.most);
  }
});
