// Makes probabilities mean what they say: a temperature and a shift per class, fitted on texts that the weights have not seen.

export type Logits = readonly [number, number, number];

export interface Calibration {
  readonly temperature: number;
  /** Added to the logits before they are divided; sums to 0. */
  readonly shift: Logits;
}

export interface Unseen {
  readonly logits: Logits;
  readonly label: number;
}

/**
 * Temperature scaling (Guo et al. 2017) with a shift, by golden sections along one coordinate after the other. Classes weigh the same whatever their
 * share, so that a probability holds for a text of which nothing is known beforehand.
 */
export function calibrate(unseen: readonly Unseen[]): Calibration {
  const counts = [0, 1, 2].map((label) => unseen.filter((one) => one.label === label).length);
  const point = [0, 0, 0, 0];
  const loss = () => lossAt(unseen, counts, calibrationOf(point));
  // A class that nobody labelled gives no ground to shift it.
  const fitted = [0, 1, 2, 3].filter((i) => i === 0 || (counts[i - 1] as number) > 0);
  for (let round = 0; round < 6; round++)
    for (const i of fitted)
      point[i] = lowest(
        (value) => {
          point[i] = value;
          return loss();
        },
        i === 0 ? 1.5 : 3,
      );
  return calibrationOf(point);
}

/** For stars, which know no text that judges nothing: praise against blame alone, and the neutral side left as it is. */
export function calibrateSides(unseen: readonly Unseen[]): Calibration {
  const sides = unseen
    .filter(({ label }) => label !== 1)
    .map(({ logits: [negative, , positive], label }) => ({
      logits: [negative, absent, positive] as const,
      label,
    }));
  const { temperature, shift } = calibrate(sides);
  const half = sixDecimals((shift[2] - shift[0]) / 2);
  return { temperature, shift: [-half, 0, half] };
}

const absent = -1_000;

function calibrationOf(point: readonly number[]): Calibration {
  const [log = 0, a = 0, b = 0, c = 0] = point;
  const middle = (a + b + c) / 3;
  return {
    temperature: sixDecimals(Math.exp(log)),
    shift: [sixDecimals(a - middle), sixDecimals(b - middle), sixDecimals(c - middle)],
  };
}

function lossAt(unseen: readonly Unseen[], counts: readonly number[], calibration: Calibration): number {
  let sum = 0;
  for (const { logits, label } of unseen)
    sum -=
      Math.log(Math.max(1e-12, calibrated(logits, calibration)[label] as number)) / (counts[label] as number);
  return sum;
}

/** Probabilities of the three classes. */
export function calibrated(logits: Logits, { temperature, shift }: Calibration): [number, number, number] {
  const z = logits.map((logit, i) => (logit + (shift[i] as number)) / temperature);
  const top = Math.max(...z);
  const e = z.map((one) => Math.exp(one - top));
  const sum = e.reduce((all, one) => all + one, 0);
  return e.map((one) => one / sum) as [number, number, number];
}

const golden = (Math.sqrt(5) - 1) / 2;

function lowest(at: (value: number) => number, reach: number): number {
  let low = -reach;
  let high = reach;
  let one = high - golden * (high - low);
  let other = low + golden * (high - low);
  let atOne = at(one);
  let atOther = at(other);
  for (let i = 0; i < 24; i++) {
    if (atOne < atOther) {
      high = other;
      other = one;
      atOther = atOne;
      one = high - golden * (high - low);
      atOne = at(one);
    } else {
      low = one;
      one = other;
      atOne = atOther;
      other = low + golden * (high - low);
      atOther = at(other);
    }
  }
  const found = (low + high) / 2;
  at(found);
  return found;
}

function sixDecimals(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
