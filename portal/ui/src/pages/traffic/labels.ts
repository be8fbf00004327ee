import { type Box, type Curve, pointAt } from './geometry';

/** Where a label is: how far along its line, and how far above or below. */
export interface Spot {
  readonly share: number;
  readonly aside: number;
}

export interface Label {
  readonly id: string;
  readonly curve: Curve;
  readonly width: number;
}

export const LABEL_HEIGHT = 21;
const AROUND = 1;
const PER_LETTER = 5.9;
const BESIDE_LETTERS = 26;
const BETWEEN_TEXTS = 5;

// The middle first: there the lines of one node are farthest from each other.
const SHARES = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((step) => (step === 0 ? [0.5] : [0.5 - step / 20, 0.5 + step / 20]));
const ASIDE = [0, -12, 12];
const SPOTS: readonly Spot[] = ASIDE.flatMap((aside) => SHARES.map((share) => ({ share, aside })));

/** How wide a label with these texts is at most. */
export function labelWidth(texts: readonly string[]): number {
  return BESIDE_LETTERS + texts.reduce((all, text) => all + BETWEEN_TEXTS + PER_LETTER * text.length, 0);
}

/** The box of a label at a spot. */
export function boxAt({ curve, width }: Label, { share, aside }: Spot): Box {
  const { x, y } = pointAt(curve, share);
  return { x: x - width / 2, y: y + aside - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT };
}

export function overlap(one: Box, other: Box, gap = 0): boolean {
  return (
    one.x < other.x + other.width + gap &&
    other.x < one.x + one.width + gap &&
    one.y < other.y + other.height + gap &&
    other.y < one.y + one.height + gap
  );
}

/**
 * A spot on its line for each label, so that none covers a node or another label. Those that had one keep
 * it while it is free; a label for which no room is left has none.
 */
export function placeLabels(labels: readonly Label[], nodes: readonly Box[], before: ReadonlyMap<string, Spot>): Map<string, Spot> {
  const spots = new Map<string, Spot>();
  const taken: Box[] = [...nodes];
  const place = (label: Label, candidates: readonly Spot[]) => {
    for (const spot of candidates) {
      const box = boxAt(label, spot);
      if (!taken.some((other) => overlap(box, other, AROUND))) {
        spots.set(label.id, spot);
        taken.push(box);
        return;
      }
    }
  };
  for (const label of labels) {
    const kept = before.get(label.id);
    if (kept) place(label, [kept]);
  }
  for (const label of labels) if (!spots.has(label.id)) place(label, SPOTS);
  return spots;
}
