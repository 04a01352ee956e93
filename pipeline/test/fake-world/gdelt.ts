// GDELT's DOC API: one request in so many seconds, refusals in plain text with status 429 or 200, queries that it does not understand told in
// plain text as well, `{}` where nothing was found.
import { day, hour, shareOf } from "./universe.ts";
import { type Asked, type FakeVendor, html, plain, type Reply, type Stage } from "./wire.ts";

/** Clocks and wires differ by less. */
const slackMs = 60;
const banMs = 10 * 60_000;

export function gdelt(stage: Stage): FakeVendor {
  const pace = stage.settings.gdeltPaceSeconds * 1_000;
  let last = Number.NEGATIVE_INFINITY;
  let epoch = -1;
  let breaches = 0;
  let bannedUntil = 0;

  function throttled(asked: Asked): Reply | null {
    if (epoch !== stage.epoch()) {
      // A new day may lie before the last one.
      epoch = stage.epoch();
      breaches = 0;
      last = Math.min(last, asked.now - pace);
    }
    const soon = asked.now - last < pace - slackMs;
    const banned = asked.now < bannedUntil;
    last = asked.now;
    if (!soon && !banned) return null;
    if (soon) breaches += 1;
    if (breaches >= 5) bannedUntil = asked.now + banMs;
    return {
      status: breaches % 2 === 1 || banned ? 429 : 200,
      text: plain(
        `Please limit requests to one every ${stage.settings.gdeltPaceSeconds} seconds or contact kalev.leetaru5@gmail.sample for larger queries.\n`,
      ),
      endpoint: "throttled",
      violation: soon
        ? `asked again within ${stage.settings.gdeltPaceSeconds} seconds`
        : "asked on during a ban",
    };
  }

  return {
    answer(asked): Reply {
      const shut = throttled(asked);
      if (shut) return shut;
      const { query, now } = asked;
      const q = query.get("query") ?? "";
      const mode = (query.get("mode") ?? "artlist").toLowerCase();
      const endpoint = mode;
      const key = q;
      const bad = objection(q);
      if (bad !== null) return { status: 200, text: html(bad), endpoint, key };
      if (query.get("format") !== "json")
        return { status: 200, text: html("<html><body>Use format=json.</body></html>"), endpoint, key };
      const { from, until } = spanOf(query, now);
      if (/nohits/i.test(q)) return { status: 200, body: {}, endpoint, key, items: 0 };
      if (mode === "artlist") {
        const articles = articlesOf(q, from, until).slice(
          0,
          Math.min(250, Number(query.get("maxrecords") ?? 75)),
        );
        return {
          status: 200,
          body: articles.length === 0 ? {} : { articles },
          endpoint,
          key,
          items: articles.length,
        };
      }
      const series = seriesOf(mode);
      if (series === null) return { status: 200, text: plain("Invalid mode."), endpoint, key };
      const resolution = until - from <= 3 * day ? hour : day;
      const timeline = series.map((name) => ({
        series: name,
        data: pointsOf({ q, mode, name, from, until, resolution }),
      }));
      return {
        status: 200,
        body: { query_details: { title: q, date_resolution: resolution === day ? "day" : "hour" }, timeline },
        endpoint,
        key,
        items: timeline[0]?.data.length ?? 0,
      };
    },
  };
}

function objection(q: string): string | null {
  const words = q
    .replace(/\b(sourcecountry|sourcelang|domainis|domain|theme|near\d*|repeat\d*):\S+/gi, "")
    .replace(/[()"]/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "" && word !== "OR");
  if (words.length === 0) return "Your query was too short or too long.\n";
  if (words.some((word) => /^[a-z]{1,2}$/i.test(word))) return "The specified phrase is too short.\n";
  const outside = q.replace(/\([^()]*\)/g, "");
  if (/\sOR\s/.test(outside)) return "Queries containing OR'd terms must be surrounded by ().\n";
  if (/\([^()]*\)/.test(q) && /\((?![^()]*\sOR\s)[^()]*\)/.test(q))
    return "Parentheses may only be used around OR'd statements.\n";
  return null;
}

function spanOf(query: URLSearchParams, now: number): { from: number; until: number } {
  const until = instantOf(query.get("enddatetime")) ?? now;
  const [, count = "3", unit = "months"] =
    /^(\d+)\s*(min|h|d|w|m|hours?|days?|weeks?|months?)$/i.exec(query.get("timespan") ?? "") ?? [];
  const lengths: Record<string, number> = { min: 60_000, h: hour, d: day, w: 7 * day, m: 30 * day };
  const length =
    Number(count) * (lengths[unit.toLowerCase()] ?? lengths[unit[0]?.toLowerCase() ?? "m"] ?? 30 * day);
  return { from: instantOf(query.get("startdatetime")) ?? until - length, until: Math.min(now, until) };
}

const instantOf = (digits: string | null): number | null =>
  digits === null
    ? null
    : Date.parse(
        digits.replace(
          /^(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?.*$/,
          (_, y, m, d, h = "00", min = "00", s = "00") => `${y}-${m}-${d}T${h}:${min}:${s}Z`,
        ),
      );

const stamp = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace(/[-:]/g, "")
    .replace(/\.\d+Z$/, "Z");

function seriesOf(mode: string): readonly string[] | null {
  if (mode === "timelinevol") return ["Volume Intensity"];
  if (mode === "timelinevolraw") return ["Article Count"];
  if (mode === "timelinetone") return ["Average Tone"];
  if (mode === "timelinelang")
    return ["German Volume Intensity", "French Volume Intensity", "Korean Volume Intensity"];
  if (mode === "timelinesourcecountry")
    return ["Germany Volume Intensity", "France Volume Intensity", "Japan Volume Intensity"];
  return null;
}

interface Curve {
  readonly q: string;
  readonly mode: string;
  readonly name: string;
  readonly from: number;
  readonly until: number;
  readonly resolution: number;
}

function pointsOf({ q, mode, name, from, until, resolution }: Curve): object[] {
  const points: object[] = [];
  for (let at = Math.ceil(from / resolution) * resolution; at <= until; at += resolution) {
    const norm = Math.round(141_000 * (resolution / day) * (0.9 + 0.2 * shareOf(String(at), "norm")));
    const count = Math.floor(
      30 * shareOf(q, "news") * (0.5 + shareOf(`${q} ${at}`, "day")) * (resolution / day) * 4,
    );
    if (mode === "timelinevolraw") points.push({ date: stamp(at), value: count, norm });
    else if (mode === "timelinetone")
      points.push({ date: stamp(at), value: round(4 * shareOf(`${q} ${at}`, "tone") - 1) });
    else
      points.push({
        date: stamp(at),
        value: round((count / norm) * 100 * (name === "Volume Intensity" ? 1 : shareOf(name, q))),
      });
  }
  return points;
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

function articlesOf(q: string, from: number, until: number): object[] {
  const articles: object[] = [];
  for (let at = Math.floor(until / (4 * hour)) * 4 * hour; at >= from; at -= 4 * hour)
    if (shareOf(`${q} ${at}`, "article") < 0.5)
      articles.push({
        url: `https://news.sample/${stamp(at)}`,
        url_mobile: "",
        title: `Invented headline on ${q.replaceAll('"', "")}`,
        seendate: stamp(at),
        socialimage: "",
        domain: "news.sample",
        language: "German",
        sourcecountry: "Germany",
      });
  return articles;
}
