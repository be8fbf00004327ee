import { describe, expect, it } from 'vitest';
import { apportion, rebalance, shares, WHOLE } from '../../src/rules/split';

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);

/** Numbers that look random and are the same in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('weights', () => {
  it('add up to 100 whatever is done to them', () => {
    const next = numbers(7);
    const draw = (most: number) => Math.floor((next.next().value as number) * (most + 1));
    for (let mesh = 0; mesh < 2_000; mesh++) {
      let weights = apportion(Array.from({ length: 2 + draw(3) }, () => draw(100)));
      for (let change = 0; change < 4; change++) {
        const at = draw(weights.length - 1);
        const wanted = draw(140) - 20;
        weights = rebalance(weights, at, wanted);
        expect(sum(weights)).toBe(WHOLE);
        expect(weights.every((weight) => Number.isInteger(weight) && weight >= 0)).toBe(true);
        expect(weights[at]).toBe(Math.min(100, Math.max(0, wanted)));
      }
    }
  });

  it('leave the others in proportion', () => {
    expect(rebalance([60, 20, 20], 2, 50)).toEqual([38, 12, 50]);
    expect(rebalance([100, 0, 0], 0, 40)).toEqual([40, 30, 30]);
    expect(rebalance([50, 50], 0, 90)).toEqual([90, 10]);
  });

  it('of one version are all of it', () => {
    expect(rebalance([40], 0, 3)).toEqual([100]);
    expect(apportion([])).toEqual([]);
  });

  it('share what is left evenly when nobody has anything', () => {
    expect(rebalance([0, 100, 0], 1, 0)).toEqual([50, 0, 50]);
  });
});

describe('measured shares', () => {
  it('are whole percents of what was counted', () => {
    expect(shares([1, 1, 1])).toEqual([34, 33, 33]);
    expect(shares([720, 240])).toEqual([75, 25]);
  });

  it('are nothing when nothing was counted', () => {
    expect(shares([0, 0])).toEqual([0, 0]);
  });
});
