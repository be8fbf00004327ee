/* Weights that add up to 100, whatever one does to them. */

export const WHOLE = 100;

/** Spreads `whole` over shares as whole numbers, with the least rounding (largest remainders first). */
export function apportion(shares: readonly number[], whole = WHOLE): number[] {
  if (shares.length === 0) return [];
  const total = shares.reduce((sum, share) => sum + Math.max(share, 0), 0);
  const exact = shares.map((share) => (total === 0 ? whole / shares.length : (Math.max(share, 0) * whole) / total));
  const down = exact.map(Math.floor);
  let left = whole - down.reduce((sum, each) => sum + each, 0);
  const byRemainder = exact.map((value, at) => ({ at, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest || a.at - b.at);
  for (const { at } of byRemainder) {
    if (left <= 0) break;
    down[at] = (down[at] ?? 0) + 1;
    left--;
  }
  return down;
}

/**
 * Sets one weight; the others give or take in proportion to what they have, so that the sum stays 100.
 * Where they have nothing, they share what is left evenly.
 */
export function rebalance(weights: readonly number[], at: number, wanted: number): number[] {
  if (weights.length < 2) return weights.map(() => WHOLE);
  const value = Math.min(WHOLE, Math.max(0, Math.round(Number.isFinite(wanted) ? wanted : 0)));
  const others = apportion(weights.filter((_, each) => each !== at), WHOLE - value);
  return [...others.slice(0, at), value, ...others.slice(at)];
}

/** Counts as whole percents; all zero when there is nothing to count. */
export function shares(counts: readonly number[]): number[] {
  return counts.some((count) => count > 0) ? apportion(counts) : counts.map(() => 0);
}
