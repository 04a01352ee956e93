// How the columns of a file become the fields of a post or an account: the `mapping` in publication.yaml.
import { z } from "zod";

/** `number`: `plain` takes digits only; `words` also 304.9K, 1,2 Mio, 12万; `auto` is `words` for text and plain for numbers. */
const NumberStyle = z.enum(["auto", "plain", "words"]);

/**
 * `iso`, `unix_s`, `unix_ms`, or formats made of YYYY YY MMM MM M DD D HH H mm ss A, tried in turn. A value that carries its
 * own zone (Z, +0900, EST) keeps it; any other is read in `zone`.
 */
const DateStyle = z.union([z.enum(["iso", "unix_s", "unix_ms"]), z.array(z.string().min(2)).min(1)]);

const where = {
  /** A column name, or a path such as snippet.title or media.0.type into nested records; `*` stands for every element. */
  column: z.string().optional(),
  /** Several columns, joined: title and description, or a day and a time of day. */
  columns: z.array(z.string()).min(1).optional(),
  join: z.string().optional(),
  constant: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** A regular expression over the file's name; its first group is the value. */
  from_file: z.string().optional(),
  /** Replaces values, compared without case. A value that is not listed passes as it is. */
  values: z.record(z.string(), z.string()).optional(),
};

const onePlace = (field: { column?: unknown; columns?: unknown; constant?: unknown; from_file?: unknown }) =>
  [field.column, field.columns, field.constant, field.from_file].filter((place) => place !== undefined)
    .length === 1;
const placeMessage = { error: "give exactly one of column, columns, constant, from_file" };

export const WordField = z.strictObject(where).refine(onePlace, placeMessage);
export const CountField = z
  .strictObject({
    ...where,
    number: NumberStyle.default("auto"),
    /** Which of . and , separates decimals in this column. */
    decimal: z.enum([".", ","]).default("."),
    /** A number that stands for "hidden by its owner", such as -1. */
    hidden: z.number().optional(),
  })
  .refine(onePlace, placeMessage);
export const DateField = z
  .strictObject({ ...where, date: DateStyle.default("iso"), zone: z.string().default("UTC") })
  .refine(onePlace, placeMessage);
export const TagsField = z
  .strictObject({ ...where, separator: z.string().min(1).optional() })
  .refine(onePlace, placeMessage);
/** Without an id of its own a row is known by what it says: the same cells are the same post. */
export const IdField = z.union([WordField, z.strictObject({ hash: z.array(z.string()).min(1) })]);

export type WordField = z.output<typeof WordField>;
export type CountField = z.output<typeof CountField>;
export type DateField = z.output<typeof DateField>;
export type TagsField = z.output<typeof TagsField>;

export const PostMapping = z.strictObject({
  post_id: IdField,
  posted_at: DateField,
  platform: WordField.optional(),
  market: WordField.optional(),
  collected_at: DateField.optional(),
  author_id: WordField.optional(),
  author_handle: WordField.optional(),
  text: WordField.optional(),
  tags: TagsField.optional(),
  language_hint: WordField.optional(),
  media_type: WordField.optional(),
  likes: CountField.optional(),
  comments: CountField.optional(),
  views: CountField.optional(),
  shares: CountField.optional(),
  likes_hidden: WordField.optional(),
  comments_hidden: WordField.optional(),
  rating: CountField.optional(),
  paid_partnership: WordField.optional(),
  url: WordField.optional(),
  /** Followers of the author when the row was collected; makes an account observation. */
  followers: CountField.optional(),
});
export type PostMapping = z.output<typeof PostMapping>;

export const AccountMapping = z.strictObject({
  account_id: WordField.optional(),
  account_handle: WordField,
  collected_at: DateField,
  platform: WordField.optional(),
  followers: CountField,
  following: CountField.optional(),
  posts_total: CountField.optional(),
});
export type AccountMapping = z.output<typeof AccountMapping>;
