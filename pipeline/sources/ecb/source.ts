// The `ecb` source: euro reference rates of the European Central Bank, one a currency and working day. Free and without a key; for information only.
// In publication.yaml:
//   - source: ecb
import { z } from "zod";
import { collectedByDesk } from "../../collecting/desk.ts";
import { daily } from "../../collecting/live-config.ts";
import type { Answer, Json, LiveSource, PageRead, Target, Verdict } from "../../collecting/types.ts";
import { readRates } from "./rates-xml.ts";
import { things } from "./things.ts";

const Config = z.strictObject({
  ...daily,
  /** What the first run fetches: the last 90 days, or everything since 1999 (about 7 MB). */
  first: z.enum(["hist-90d", "hist"]).default("hist-90d"),
  /** Currencies that are kept; all by default, about thirty. */
  currencies: z
    .array(z.string().regex(/^[A-Z]{3}$/))
    .min(1)
    .optional(),
});
export type EcbConfig = z.output<typeof Config>;

type File = "daily" | "hist-90d" | "hist";

interface Progress {
  /** Null when there is nothing left to ask. */
  readonly file: File | null;
  /** Latest day known, in this run or kept. */
  readonly last: string | null;
  /** Day from which the run adds, for its coverage. */
  readonly known: string | null;
}

/** The 90-day file holds a little more than 60 working days. */
const REACH_DAYS = 85;

export const source: LiveSource<EcbConfig> = {
  id: "ecb",
  title: "Euro foreign exchange reference rates (European Central Bank)",
  config: Config as z.ZodType<EcbConfig>,
  things,
  counted: [],
  collect: collectedByDesk,
  live: {
    platform: "ecb",
    addresses: () => ({ main: "https://www.ecb.europa.eu" }),
    credentials: [],
    limits: () => [
      {
        id: "requests",
        title: "Rate files a day",
        unit: "requests",
        account: "no account",
        capacity: 50,
        window: { kind: "day", zone: "UTC" },
        pace_seconds: 1,
      },
    ],
    plan: () => [{ id: "rates", markets: [], title: "euro reference rates", data: null }],
    begin(_, kept, { config }) {
      const last = (kept as { last?: unknown } | null)?.last;
      const known = typeof last === "string" && /^\d{4}-\d\d-\d\d$/.test(last) ? last : null;
      return { file: known === null ? config.first : "daily", last: known, known } satisfies Progress;
    },
    next(_, progress) {
      const { file } = progress as unknown as Progress;
      if (file === null) return null;
      return {
        path: `/stats/eurofxref/eurofxref-${file}.xml`,
        headers: { accept: "application/xml, text/xml" },
        costs: [{ limit: "requests", units: 1 }],
        expect: "text",
        conditional: file,
      };
    },
    judge,
    read: (_: Target, progress, answer, { config }) => read(progress, answer, config),
    finish(_, progress) {
      const { last } = progress as unknown as Progress;
      return { kept: last === null ? null : { last }, covers: null, pages_available: null };
    },
  },
};

function judge(answer: Answer): Verdict | null {
  if (answer.status !== 200 || answer.unchanged) return null;
  return readRates(answer.text) === null
    ? { is: "retry", why: "the ECB answered with something that is no whole list of rates" }
    : null;
}

function read(progress: Json, answer: Answer, { currencies }: EcbConfig): PageRead {
  const so = progress as unknown as Progress;
  const file = so.file as File;
  const today = answer.at.slice(0, 10);
  const given = answer.unchanged ? [] : (readRates(answer.text) ?? []);
  // A replayed day must not know the rates of the days after it.
  const all = given.filter(({ date }) => !DAY.test(date) || date <= today);
  const newest =
    all
      .map(({ date }) => date)
      .filter((date) => DAY.test(date))
      .sort()
      .at(-1) ?? null;
  const longer = file === "daily" && newest !== null ? missing(so.known, newest) : null;
  // Days that are known need not be kept once more: what the ECB has printed it does not change.
  const added = longer ? [] : all.filter(({ date }) => so.known === null || date > so.known);
  return {
    items: added
      .filter(({ currency }) => !currencies || currencies.includes(currency))
      .map((item) => ({
        thing: "rates",
        id: `${item.date}:${item.currency}`,
        post: false,
        row: { request: { file }, item: { ...item } },
      })),
    progress: { ...so, file: longer, last: longer ? so.last : latest(so.last, newest) } as unknown as Json,
  };
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** The file that has the working days between the last known one and the newest; null where there is none. A holiday asks once too often. */
function missing(known: string | null, newest: string): File | null {
  if (known === null) return null;
  for (let day = Date.parse(known) + DAY_MS; day < Date.parse(newest); day += DAY_MS) {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    return Date.parse(newest) - day > REACH_DAYS * DAY_MS ? "hist" : "hist-90d";
  }
  return null;
}

const DAY_MS = 86_400_000;

const latest = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other > one) ? other : one;
