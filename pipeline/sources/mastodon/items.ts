// Of a status or account the fields that are kept, as rows of bronze; and which statuses may be kept at all.
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
import { marketOf } from "../../collecting/market-of.ts";
import type { Context, Item } from "../../collecting/types.ts";
import type { Row } from "../../core/types.ts";
import { languageOf } from "../../texts/language.ts";
import { textOf } from "./html.ts";
import { postIdOf } from "./people.ts";
import { tagOf } from "./plan.ts";

export interface StatusRequest {
  readonly edge: "tag" | "refresh";
  readonly market: string | null;
  readonly tag: string | null;
  readonly host: string;
}

/** Null for a status without an address. */
export function statusItem(status: Row, request: StatusRequest): Item | null {
  const uri = wordsOf(status["uri"]);
  if (uri === null) return null;
  const tags = listOf(status["tags"])
    .map((tag) => wordsOf(rowOf(tag)["name"]))
    .filter((name) => name !== null)
    .map(tagOf);
  const item = {
    uri,
    url: webAddress(status["url"]),
    created_at: status["created_at"],
    acct: acctOf(rowOf(status["account"]), request.host),
    text: wordsOfStatus(status),
    language: wordsOf(status["language"]),
    media: mediaOf(status),
    tags: tags.length > 0 ? tags : null,
    favourites_count: status["favourites_count"] ?? null,
    reblogs_count: status["reblogs_count"] ?? null,
    replies_count: status["replies_count"] ?? null,
    quotes_count: status["quotes_count"] ?? null,
  };
  return { thing: "statuses", id: postIdOf(uri), post: true, row: { request, item } };
}

export function accountItem(account: Row, market: string, host: string): Item | null {
  const acct = acctOf(account, host);
  if (acct === null) return null;
  const item = {
    acct,
    followers_count: account["followers_count"] ?? null,
    following_count: account["following_count"] ?? null,
    statuses_count: account["statuses_count"] ?? null,
  };
  return {
    thing: "accounts",
    id: acct,
    post: false,
    row: { request: { edge: "lookup", market, host }, item },
  };
}

/** Why a status is not kept; null where it may be. */
export function leftOut(status: Row): "passed on" | "not public" | "not to be indexed" | null {
  if (status["reblog"] != null) return "passed on";
  if (status["visibility"] !== undefined && status["visibility"] !== "public") return "not public";
  const account = rowOf(status["account"]);
  const closed =
    account["noindex"] === true || account["indexable"] === false || account["discoverable"] === false;
  return closed ? "not to be indexed" : null;
}

/** The market of a post found by a tag: as its author says, else as we read it. */
export function marketOfStatus(
  status: Row,
  codes: readonly string[],
  { markets }: Pick<Context, "markets">,
): string | null {
  const candidates = markets.filter(({ code }) => codes.includes(code));
  if (candidates.length <= 1) return marketOf(candidates, null);
  const said = wordsOf(status["language"]);
  if (said !== null && said !== "und") return marketOf(candidates, said);
  const { language } = languageOf(wordsOfStatus(status));
  return marketOf(candidates, language === "und" ? null : language);
}

/** A warning that hides the text is a part of it. */
function wordsOfStatus(status: Row): string {
  const warning = wordsOf(status["spoiler_text"]);
  const text = textOf(wordsOf(status["content"]) ?? "");
  return warning === null ? text : `${warning}\n${text}`;
}

/** Accounts at home on the instance bear no host there. */
function acctOf(account: Row, host: string): string | null {
  const acct = wordsOf(account["acct"])?.toLowerCase() ?? null;
  return acct === null || acct.includes("@") ? acct : `${acct}@${host}`;
}

/** Other servers send any address they like. */
function webAddress(value: unknown): string | null {
  const url = wordsOf(value);
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

function mediaOf(status: Row): string {
  const kinds = listOf(status["media_attachments"]).map((media) => rowOf(media)["type"]);
  if (kinds.length === 0) return "text";
  if (kinds.some((kind) => kind === "video" || kind === "gifv")) return "video";
  if (kinds.every((kind) => kind === "image")) return kinds.length > 1 ? "carousel" : "image";
  return "other";
}
