// What an answer of the Threads API means, by the code in its body; it is of one family with Instagram's Graph API. Messages are never read: they come
// in the language of the account.
import type { Answer, Verdict } from "../../collecting/types.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** Null where the body says nothing of its own; then the status decides. */
export function judge(answer: Answer): Verdict | null {
  const { error, data } = fieldsOf(answer.json);
  if (error === undefined)
    return answer.status === 200 && !Array.isArray(data)
      ? { is: "retry", why: "an answer without data" }
      : null;
  const { code: number, error_subcode, is_transient } = fieldsOf(error);
  const code = Number(number ?? Number.NaN);
  const said =
    error_subcode === undefined ? `code ${code}` : `code ${code}, subcode ${Number(error_subcode)}`;
  const until = (ms: number) => new Date(Date.parse(answer.at) + ms).toISOString();
  if (code === 190 || code === 102)
    return {
      is: "stop-account",
      why: `${said}: the token is not accepted`,
      act: "Get a new long-lived token with threads_basic and threads_keyword_search, and set LEAP_THREADS_TOKEN.",
    };
  if (code === 368)
    return {
      is: "pause",
      until: until(DAY),
      why: `${said}: Meta has blocked the app. Read the alerts in its dashboard.`,
    };
  if ([4, 17, 32, 341, 613, 80_002, 80_016].includes(code))
    return { is: "pause", until: until(HOUR), why: `${said}: called too often` };
  if (code === 10 || code === 3 || (code >= 200 && code <= 299))
    return {
      is: "configuration",
      why: `${said}: a permission is missing. The app needs threads_basic and threads_keyword_search, both approved by App Review.`,
    };
  if (code === 100)
    return { is: "configuration", why: `${said}: a parameter or field of the search is refused` };
  if (is_transient === true || code === 1 || code === 2 || code === -1 || answer.status === 200)
    return { is: "retry", why: `${said}: the platform is out of order` };
  return null;
}
