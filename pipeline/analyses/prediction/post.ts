// A post as it is known before publication, and what it then got: what predictions and evaluations of posts speak of.

/** A post before publication. Unknown is null, never 0. */
export interface Planned {
  readonly account: string | null;
  /** Milliseconds since 1970; null where nobody stated a day. */
  readonly at: number | null;
  /** Local or UTC hour 0-24, as the source states it. */
  readonly hour: number | null;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number | null;
  readonly format: string | null;
  readonly followers: number | null;
  readonly numbers: Readonly<Record<string, number | null>>;
  readonly categories: Readonly<Record<string, string | null>>;
}

export interface Post extends Planned {
  /** What it got: likes + comments, or whatever is predicted. At least 0. */
  readonly outcome: number;
}
