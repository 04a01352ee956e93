// A mapping in the making: which column stands for which field, why, how sure, and what a person should check.
import { LeapError } from "../../core/errors.ts";
import { fits } from "./fits.ts";
import { type FieldName, nameFit } from "./names.ts";
import type { Shape } from "./shapes.ts";

export interface Wishes {
  /** Market of every row; empty when the file says it, or nobody does. */
  readonly markets: readonly string[];
  readonly platform: string | null;
  /** field → column, as given by hand. */
  readonly map: Readonly<Record<string, string>>;
  /** A date for rows that state none. */
  readonly postedAt: string | null;
  /** ISO instant: what would be later is a date read wrongly. */
  readonly importedAt: string;
}

export interface Placed {
  readonly field: string;
  /** Columns, or where else the value comes from. */
  readonly from: string;
  readonly reason: string;
  /** 0 to 1. */
  readonly confidence: number;
}

const COUNTS = [
  "likes",
  "comments",
  "views",
  "shares",
  "followers",
  "following",
  "posts_total",
  "rating",
] as const;
const isCount = (field: string): boolean => (COUNTS as readonly string[]).includes(field);
const isDate = (field: string): boolean => field === "posted_at" || field === "collected_at";

/** In this order, so that the rarer fields choose before the greedy ones. */
const GENERIC: readonly FieldName[] = [
  "posted_at",
  "rating",
  "likes",
  "comments",
  "views",
  "shares",
  "followers",
  "tags",
  "text",
  "title",
  "post_id",
  "author_id",
  "author_handle",
  "language_hint",
  "media_type",
  "likes_hidden",
  "paid_partnership",
  "url",
  "collected_at",
  "platform",
  "following",
  "posts_total",
];

/** A mapping in the making. */
export class Draft {
  thing: "posts" | "accounts" = "posts";
  mapping: Record<string, Record<string, unknown>> = {};
  placed: Placed[] = [];
  readonly used = new Set<string>();
  readonly doubts: string[] = [];
  readonly files: readonly string[];
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly wishes: Wishes;

  constructor(files: readonly string[], shapes: ReadonlyMap<string, Shape>, wishes: Wishes) {
    this.files = files;
    this.shapes = shapes;
    this.wishes = wishes;
  }

  get columns(): readonly string[] {
    return [...this.shapes.keys()];
  }

  has(field: string): boolean {
    return field in this.mapping;
  }

  place(field: string, spec: Record<string, unknown>, reason: string, confidence: number): void {
    const { column, columns, constant, from_file } = spec as {
      column?: string;
      columns?: string[];
      constant?: unknown;
      from_file?: string;
    };
    const taken = column !== undefined ? [column] : (columns ?? []);
    for (const name of taken) this.used.add(name);
    const from =
      taken.length > 0 ? taken.join(" + ") : from_file !== undefined ? "file name" : `= ${String(constant)}`;
    this.mapping[field] = spec;
    this.placed.push({ field, from, reason, confidence });
  }

  placeByHand(field: string, column: string): void {
    const names = column.split("+").map((name) => name.trim());
    const missing = names.find((name) => !this.shapes.has(name));
    if (missing !== undefined)
      throw new LeapError(
        `unknown column: ${missing} in --map ${field}=${column}. Columns: ${this.columns.join(", ")}.`,
      );
    const place =
      names.length === 1
        ? { column: names[0] as string }
        : { columns: names, ...(isDate(field) ? { join: " " } : {}) };
    this.place(field, { ...place, ...this.styleOf(field, names) }, "as you said", 1);
  }

  placePreset(title: string, mapping: Record<string, Record<string, unknown>>): void {
    for (const [field, spec] of Object.entries(mapping)) {
      if (this.has(field)) continue;
      const { column, columns } = spec as { column?: string; columns?: string[] };
      const present = columns?.filter((name) => this.shapes.has(name));
      if (column !== undefined && !this.sees(column)) continue;
      if (present && present.length === 0) continue;
      const style = isCount(field) && column ? this.styleOf(field, [column]) : {};
      this.place(field, { ...spec, ...(present ? { columns: present } : {}), ...style }, title, 0.98);
    }
    // Exports to CSV flatten lists: hashtags/0, hashtags/1, …
    const flattened = this.columns.filter((name) => /^hashtags\/\d+$/.test(name));
    if (!this.has("tags") && flattened.length > 0)
      this.place("tags", { columns: flattened, join: ",", separator: "," }, title, 0.95);
  }

  // Paths with * and paths into lists name no sampled column; their root does.
  private sees(column: string): boolean {
    if (this.shapes.has(column)) return true;
    const root = column.split(".*")[0] as string;
    return column.includes("*") && this.shapes.has(root);
  }

  placeByNames(): void {
    for (const field of GENERIC) {
      if (this.has(field) || (field === "title" && !this.has("text") && this.has("title"))) continue;
      const best = this.bestColumn(field);
      if (!best) continue;
      if (field === "title") this.joinTitle(best.shape.column);
      else this.placeColumn(field, best.shape, best.score, best.reason);
    }
    if (!this.has("text")) this.placeLongestText();
    if (!this.has("media_type") && this.has("rating") && this.has("text"))
      this.place("media_type", { constant: "review" }, "rows with a rating and a text are reviews", 0.8);
  }

  private bestColumn(field: FieldName): { shape: Shape; score: number; reason: string } | undefined {
    let best: { shape: Shape; score: number; reason: string } | undefined;
    for (const shape of this.shapes.values()) {
      if (this.used.has(shape.column)) continue;
      const byName = nameFit(field, shape.column);
      const byShape = fits(field, shape);
      const looksLikeDate = field === "posted_at" && byShape > 0 && byName === 0;
      const name = looksLikeDate
        ? /dat|time|creat|post|publi|fecha|일|日/i.test(shape.column)
          ? 0.5
          : 0.35
        : byName;
      const score = name * byShape;
      if (score > 0.2 && (!best || score > best.score)) {
        const reason = looksLikeDate
          ? "its values are dates"
          : byShape < 1
            ? "name, and most values fit"
            : "name and values fit";
        best = { shape, score, reason };
      }
    }
    return best;
  }

  private placeColumn(field: FieldName, shape: Shape, score: number, reason: string): void {
    const style = this.styleOf(field, [shape.column]);
    const time = field === "posted_at" && shape.dayOnly ? this.timeOfDay(shape.column) : undefined;
    if (time) {
      const columns = [shape.column, time.column];
      this.place(field, { columns, join: " ", ...style }, "a day and a time of day", score);
    } else {
      this.place(field, { column: shape.column, ...style }, reason, score);
    }
  }

  private timeOfDay(day: string): Shape | undefined {
    return [...this.shapes.values()].find(
      (shape) => shape.column !== day && shape.timeOfDay && nameFit("time_of_day", shape.column) > 0,
    );
  }

  private joinTitle(title: string): void {
    const text = this.mapping["text"]?.["column"] as string | undefined;
    if ("text" in this.wishes.map) return;
    if (text === undefined) {
      this.place("text", { column: title }, "a title, and no longer text", 0.7);
      return;
    }
    this.placed = this.placed.filter((placed) => placed.field !== "text");
    this.place("text", { columns: [title, text] }, "a title and a text", 0.85);
  }

  private placeLongestText(): void {
    const [longest] = [...this.shapes.values()]
      .filter(
        (shape) =>
          !this.used.has(shape.column) &&
          shape.meanLength >= 30 &&
          shape.numeric < 0.2 &&
          shape.date === null,
      )
      .filter(
        (shape) =>
          shape.distinct > 0.5 &&
          shape.values.filter((value) => /\s/.test(value)).length > shape.values.length * 0.7,
      )
      .sort((a, b) => b.meanLength - a.meanLength);
    if (longest) this.place("text", { column: longest.column }, "its values are sentences", 0.5);
  }

  /** Date style, decimal mark and separators of a column, decided from all its sampled values. */
  styleOf(field: string, columns: readonly string[]): Record<string, unknown> {
    const shape = this.shapes.get(columns[0] as string);
    if (!shape) return {};
    if (isDate(field)) {
      const style = shape.date;
      if (!style) return { date: "iso" };
      if (style.doubt)
        this.doubts.push(`${field}: ${style.doubt}. Say which with --map, or in publication.yaml.`);
      const zoned =
        style.date === "unix_s" ||
        style.date === "unix_ms" ||
        style.date.toString().includes("ZZ") ||
        shape.values.some((value) => /(Z|[+-]\d\d:?\d\d|UTC|GMT|[A-Z]{3,4})$/.test(value));
      if (!zoned && field === "posted_at")
        this.doubts.push(`${field}: the times carry no zone; read as UTC.`);
      return { date: style.date };
    }
    if (isCount(field) && shape.values.some((value) => !/^-?\d+$/.test(value))) {
      if (!shape.decimalCertain) {
        const [one, other] = shape.decimal === "." ? ["1,234", "1.234"] : ["1.234", "1,234"];
        this.doubts.push(
          `${field}: ${one} is taken for 1234, ${other} for one and a bit; no value settles it.`,
        );
      }
      return shape.decimal === "," ? { decimal: "," } : {};
    }
    return {};
  }

  isAboutAccounts(): boolean {
    return this.has("followers") && this.has("author_handle") && !this.has("posted_at") && !this.has("text");
  }

  /** The rows state followers of accounts and no posts: keep the fields that an account has. */
  becomeAccounts(): void {
    this.thing = "accounts";
    const { author_handle, author_id, platform, followers, following, posts_total, collected_at } =
      this.mapping;
    const fields = {
      account_handle: author_handle,
      account_id: author_id,
      platform,
      followers,
      following,
      posts_total,
      collected_at,
    };
    this.mapping = Object.fromEntries(
      Object.entries(fields).filter(([, spec]) => spec !== undefined),
    ) as typeof this.mapping;
    this.placed = this.placed
      .map((placed) => ({ ...placed, field: placed.field.replace("author_", "account_") }))
      .filter((placed) => placed.field in this.mapping);
    this.used.clear();
    for (const spec of Object.values(this.mapping))
      for (const name of [spec["column"], ...((spec["columns"] as string[] | undefined) ?? [])])
        if (typeof name === "string") this.used.add(name);
  }

  // A repeated export of the same post must stay the same post, so counts are left out of what identifies it, where text is there.
  placeId(): void {
    if (this.has("post_id")) return;
    const counts = new Set(
      [...COUNTS, "collected_at"].flatMap((field) => {
        const spec = this.mapping[field];
        return spec ? [spec["column"] as string] : [];
      }),
    );
    const saying = this.columns.filter((column) => {
      const shape = this.shapes.get(column) as Shape;
      return !counts.has(column) && (this.used.has(column) || shape.numeric < 0.8);
    });
    const hash = this.has("text") && saying.length > 0 ? saying : [...this.columns];
    this.mapping["post_id"] = { hash };
    this.placed.push({
      field: "post_id",
      from: "hash of the row",
      reason: "no column is an id; rows that say the same are one post",
      confidence: 0.7,
    });
    this.doubts.push(
      `post_id: no id column; rows with the same ${hash.slice(0, 5).join(", ")}${hash.length > 5 ? ", …" : ""} count as one post.`,
    );
  }
}
