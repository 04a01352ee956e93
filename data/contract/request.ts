// A request: copy that somebody wants judged or made anew for markets. One YAML file in a publication's folder `requests`, answered by the next run;
// an unknown key is an error, because a misspelt one would silently do nothing.
import { z } from "zod";

export const requestKinds = ["cultural-fit", "transcreate"] as const;
export type RequestKind = (typeof requestKinds)[number];

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "small letters, digits and hyphens");
const marketCode = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z]{2}$/, "a market's code such as de");
const words = (most: number) => z.string().trim().min(1).max(most);

/** What people may do with a copy, as a model and the rules together see it; the stricter of the two decides. */
export const approvals = ["approve", "revise", "reject"] as const;
export type Approval = (typeof approvals)[number];

export const CopyRequest = z.strictObject({
  /** Also the file's name and the page's address, so it never changes. */
  id: slug,
  /** cultural-fit: how the copy would be read there, and what to mend. transcreate: variants of it for the market. */
  kind: z.enum(requestKinds),
  /** One market or several, in any case; each must have a rule book in data/reference/claims. */
  market: z.union([marketCode.transform((code) => [code]), z.array(marketCode).min(1)]),
  /** Language of the copy, ISO 639-1; recognised when it does not say. */
  language: z
    .string()
    .regex(/^[a-z]{2}$/, "an ISO 639-1 code such as ko")
    .optional(),
  /** The copy itself. It is published on the request's page. */
  copy: words(5_000),
  /** Whether somebody is paid to post it, so that it must say so. */
  paid: z.boolean().optional(),
  /** Name of the product, which may stand in what is written anew. */
  product: words(120).optional(),
  /** What the copy is to achieve, for whom: helps to find the notes it is judged by. */
  brief: words(1_000).optional(),
  /** Printed on the page, so rather a team than a person. */
  asked_by: words(120).optional(),
  /** Editions from this day on answer it. */
  asked_on: z.iso.date(),
  /** True for invented copy, and its page says so. */
  synthetic: z.boolean().default(false),
});
export type CopyRequest = z.output<typeof CopyRequest>;
