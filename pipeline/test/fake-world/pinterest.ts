// Pinterest's trends: fifty keywords a call at most, today's alone; the weeks of a keyword as a map in one region and as a list in another.
import { Rolling } from "./counters.ts";
import { day, shareOf } from "./universe.ts";
import { bearerOf, type FakeVendor, type Reply, type Stage } from "./wire.ts";

const kinds = ["growing", "monthly", "yearly", "seasonal"];
const words: Readonly<Record<string, readonly string[]>> = {
  DE: ["glass skin routine", "toner pads", "hautpflege winter", "koreanische hautpflege", "schneckenschleim"],
  FR: ["soin coréen", "routine du soir", "peau de verre", "crème solaire visage", "sérum niacinamide"],
  JP: ["韓国コスメ", "水光肌", "スキンケア 順番", "トナーパッド", "シカクリーム"],
  US: ["glass skin", "korean skincare routine", "snail mucin", "toner pads", "skin barrier repair"],
  KR: ["물광피부", "토너패드", "선크림 추천", "피부장벽", "시카크림"],
};

export function pinterest(stage: Stage): FakeVendor {
  const requests = new Rolling(100, 60_000);
  return {
    answer(asked): Reply {
      const endpoint = "trends";
      if (bearerOf(asked) !== stage.secrets.pinterestToken)
        return { status: 401, body: { code: 2, message: "Authentication failed." }, endpoint };
      const taken = requests.take("app", asked.now);
      const headers = {
        "x-ratelimit-limit": "100, 100;w=60",
        "x-ratelimit-remaining": String(100 - taken.used),
        "x-ratelimit-reset": String(Math.ceil((taken.freeAt - asked.now) / 1_000)),
      };
      if (!taken.granted)
        return {
          status: 429,
          headers,
          body: { code: 8, message: "You have exceeded your rate limit. Try again later." },
          endpoint,
          violation: "asked more than 100 times in a minute",
        };
      const [, region = "", kind = ""] =
        /^(?:\/v5)?\/trends\/keywords\/([A-Z+]{2,9})\/top\/([a-z]+)$/.exec(decodeURIComponent(asked.path)) ??
        [];
      const key = `${region} ${kind}`;
      const limit = Number(asked.query.get("limit") ?? 50);
      if (!kinds.includes(kind))
        return {
          status: 400,
          headers,
          body: { code: 1, message: "Invalid parameters: trend_type" },
          endpoint,
          key,
        };
      if (!(limit >= 1 && limit <= 50))
        return {
          status: 400,
          headers,
          body: { code: 1, message: "Invalid parameters: limit must be at most 50" },
          endpoint,
          key,
        };
      const include = asked.query.getAll("include_keywords").flatMap((each) => each.split(","));
      const found = region
        .split("+")
        .flatMap((one) => words[one] ?? [])
        .filter((word) => include.length === 0 || include.some((each) => word.includes(each)));
      const trends = found.slice(0, limit).map((keyword) => trendOf(keyword, region, asked.now));
      return { status: 200, headers, body: { trends }, endpoint, key, items: trends.length };
    },
  };
}

function trendOf(keyword: string, region: string, now: number): object {
  const monday = Math.floor((now / day + 3) / 7) * 7 * day - 3 * day;
  const weeks = Array.from({ length: 12 }, (_, at) => monday - (11 - at) * 7 * day);
  const value = (at: number) =>
    Math.round(20 + 60 * shareOf(keyword, "level") + 20 * shareOf(`${keyword} ${at}`, "week"));
  const dated = weeks.map((at) => [new Date(at).toISOString().slice(0, 10), value(at)] as const);
  const growth = (label: string) => Math.round(200 * shareOf(`${keyword} ${monday}`, label) - 60);
  return {
    keyword,
    pct_growth_wow: growth("wow"),
    pct_growth_mom: growth("mom"),
    // 10001 says that it is more than ten thousand.
    pct_growth_yoy: shareOf(keyword, "yoy") < 0.1 ? 10_001 : growth("yoy"),
    time_series: ["FR", "KR"].includes(region)
      ? dated.map(([date, index]) => ({ date, value: index }))
      : Object.fromEntries(dated),
  };
}
