// Wikimedia's page views: a number a day and article, a day late, some days missing, 404 for no data, and no patience with unnamed agents.
import { Rolling } from "./counters.ts";
import { day, hour, shareOf } from "./universe.ts";
import { type FakeVendor, plain, type Reply, type Stage } from "./wire.ts";

const path =
  /^(?:\/api\/rest_v1)?(?:\/metrics)?\/pageviews\/per-article\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)\/(daily|monthly)\/(\d{8})(?:00)?\/(\d{8})(?:00)?$/;
/** Titles of these words are unknown. */
const unknown = /^(Missing|Unknown)_/;
/** A day's views are there so long after it began. */
const late = 36 * hour;

export function wikimedia(stage: Stage): FakeVendor {
  const requests = new Rolling(stage.settings.wikimediaPerSecond, 1_000, 50);

  return {
    answer(asked): Reply {
      const endpoint = "pageviews";
      const agent = asked.headers["user-agent"] ?? "";
      if (agent === "" || /^(node|undici|axios|curl|python)\b/i.test(agent))
        return {
          status: 403,
          text: plain("Please set a user-agent and respect our robot policy https://w.wiki/4wJS."),
          endpoint,
          violation: "asked without a User-Agent that says who asks",
        };
      if (!requests.take("agent", asked.now).granted)
        return {
          status: 429,
          headers: { "retry-after": "1" },
          text: plain("Too many requests. Please respect the User-Agent policy."),
          endpoint,
          violation: `asked more than ${stage.settings.wikimediaPerSecond} times in a second`,
        };
      const [, project = "", access = "", agents = "", encoded = "", granularity, start = "", end = ""] =
        path.exec(asked.path) ?? [];
      const article = decodeURIComponent(encoded);
      const key = `${project} ${article}`;
      if (project === "") return problem(404, "Not found.", endpoint, key);
      if (/\s/.test(article)) return problem(400, "article must not contain spaces", endpoint, key);
      const first = dateOf(start);
      const last = dateOf(end);
      if (!(first <= last))
        return problem(400, "start timestamp should be before the end timestamp", endpoint, key);
      const days: number[] = [];
      for (let at = Math.max(first, Date.UTC(2015, 6, 1)); at <= last && at + late <= asked.now; at += day)
        if (!unknown.test(article) && shareOf(`${key} ${at}`, "missing") >= 0.05) days.push(at);
      if (days.length === 0)
        return problem(
          404,
          "The date(s) you used are valid, but we either do not have data for those date(s), or the project you asked for is not loaded yet.",
          endpoint,
          key,
        );
      const about = { project, article, granularity, access, agent: agents };
      const items =
        granularity === "monthly" ? monthly(key, days) : days.map((at) => ({ at, views: viewsOf(key, at) }));
      return {
        status: 200,
        headers: { "cache-control": "s-maxage=14400, max-age=14400" },
        body: {
          items: items.map(({ at, views }) => ({
            ...about,
            timestamp: `${new Date(at).toISOString().slice(0, 10).replaceAll("-", "")}00`,
            views,
          })),
        },
        endpoint,
        key,
        items: items.length,
      };
    },
  };
}

const dateOf = (digits: string): number =>
  Date.parse(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}T00:00:00Z`);

/** A level of its own, a week's shape, a slow rise, some noise. */
function viewsOf(key: string, at: number): number {
  const level = 60 + 2_400 * shareOf(key, "level") ** 2;
  const week = 1 + 0.2 * Math.cos(((at / day) % 7) * 0.9);
  const rise = 1 + 0.3 * Math.sin(at / day / 40 + 6 * shareOf(key, "phase"));
  return Math.max(1, Math.round(level * week * rise * (0.85 + 0.3 * shareOf(`${key} ${at}`, "noise"))));
}

function monthly(key: string, days: readonly number[]): { at: number; views: number }[] {
  const months = new Map<number, number>();
  for (const at of days) {
    const date = new Date(at);
    const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    months.set(month, (months.get(month) ?? 0) + viewsOf(key, at));
  }
  return [...months].map(([at, views]) => ({ at, views }));
}

const problem = (status: number, detail: string, endpoint: string, key: string): Reply => ({
  status,
  text: {
    type: "application/problem+json",
    body: JSON.stringify({
      status,
      type: "about:blank",
      title: status === 404 ? "Not Found" : "Bad Request",
      method: "get",
      detail,
      uri: "/metrics/pageviews",
    }),
  },
  endpoint,
  key,
  items: 0,
});
