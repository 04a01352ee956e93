// Which column of a file says what about a post: by a map of the operator's, else by names in common use. Outcomes are never features.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { LeapError } from "../core/errors.ts";
import { columnNamed, type Table } from "../core/table.ts";

export const roles = [
  "account",
  "posted_at",
  "date",
  "time",
  "hour",
  "weekday",
  "month",
  "format",
  "followers",
  "text",
  "hashtags",
  "paid",
] as const;
export type Role = (typeof roles)[number];

export interface Columns {
  readonly roles: Readonly<Partial<Record<Role, string>>>;
  /** Further columns known before publication. */
  readonly features: readonly string[];
  readonly notes: readonly string[];
}

/** Other words a map may use for a role. */
const synonyms: Readonly<Record<string, Role>> = {
  creator: "account",
  author: "account",
  user: "account",
  username: "account",
  page: "account",
  channel: "account",
  account_id: "account",
  posted: "posted_at",
  published_at: "posted_at",
  created_at: "posted_at",
  timestamp: "posted_at",
  datetime: "posted_at",
  day: "date",
  type: "format",
  media_type: "format",
  content_type: "format",
  size: "followers",
  subscribers: "followers",
  fans: "followers",
  caption: "text",
  message: "text",
  title: "text",
  tags: "hashtags",
  sponsored: "paid",
  is_paid: "paid",
};

/** Names by which columns are recognised without a map, the likelier first. */
const usual: Readonly<Record<Role, RegExp>> = {
  account:
    /^(account(_?hash|_?id|_?name)?|author(_?id|_?name|_?hash)?|user_?(name|id)|creator|page_?(name|id)|channel_?(id|title|name)|owner_?username|handle|profile|influencer)$/i,
  posted_at:
    /^(posted_?at|published_?at|created_?(at|time)|timestamp|date_?time|post_?created|publish_?time|time_?posted)$/i,
  date: /^(date|day|post_?date|published(_?on)?|post_?created_?date)$/i,
  time: /^(time|heure.*|post_?time|post_?created_?time)$/i,
  hour: /^(post_?)?hour$/i,
  weekday: /^(post_?)?(week_?day|day_?of_?week|dow)$/i,
  month: /^(post_?)?month$/i,
  format: /^(type|format|media_?type|post_?type|content_?type|product_?type|category(_?id)?)$/i,
  followers:
    /^(followers?(_?count|_?at_?posting)?|subscribers?(_?count)?|page_?total_?likes|likes_?at_?posting|fans|page_?likes)$/i,
  text: /^(text|caption|message|body|title|description|tweet|content)$/i,
  hashtags: /^(hashtags?|tags)$/i,
  paid: /^(paid|is_?paid|sponsored|is_?sponsored|is_?ad|paid_?partnership|boosted)$/i,
};

/** Words of columns that are counted after publication. */
const outcome =
  /(^|[^a-z])(likes?|favou?rites?|comments?|repl(y|ies)|shares?|shared|retweets?|reposts?|quotes?|saves?|saved|bookmarks?|views?|plays?|reach(ed)?|impressions?|clicks?|consum\w*|engag\w*|interactions?|reactions?|visits?|follows|conversions?|dislikes?|from (home|hashtags|explore|other)|watch\w*|ctr|er)([^a-z]|$)/i;
const sizeOfAccount = usual.followers;

const plain = (name: string): string => name.trim().replace(/[\s._-]+/g, "_");

export const isOutcome = (name: string): boolean => {
  const spaced = name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_.-]+/g, " ");
  return !sizeOfAccount.test(plain(name)) && outcome.test(spaced);
};

/** The columns by a map's YAML. Throws LeapError on an unknown column, and on an outcome given as a feature. */
export function mappedColumns(table: Table, file: string, target: string): Columns {
  const read = parsedMap(file);
  if (typeof read !== "object" || read === null || Array.isArray(read))
    throw new LeapError(
      `invalid map: ${file}. Write one \`role: column\` a line; roles are ${roles.join(", ")} and features.`,
    );
  const found: Partial<Record<Role, string>> = {};
  const features: string[] = [];
  const notes: string[] = [];
  const accept = (name: string) => {
    const column = columnNamed(table, name);
    if (column === target || isOutcome(column))
      throw new LeapError(
        `invalid feature: ${column} is counted after publication, so a prediction cannot know it. Take it out of the map.`,
      );
    return column;
  };
  const has = (name: string) =>
    table.columns.some((column) => column.trim().toLowerCase() === name.trim().toLowerCase());
  for (const [key, value] of Object.entries(read as Record<string, unknown>)) {
    const role = roleNamed(key);
    if (value === null || value === undefined || value === "") continue;
    if (key.toLowerCase() === "target") continue;
    if (role && typeof value === "string" && has(value)) found[role] = accept(value);
    else if (has(key) && typeof value === "string" && roleNamed(value))
      found[roleNamed(value) as Role] = accept(key);
    else if (has(key) && typeof value === "string") features.push(accept(key));
    else if (Array.isArray(value)) features.push(...value.map((name) => accept(String(name))));
    else if (typeof value === "object")
      features.push(
        ...Object.values(value as object)
          .flat()
          .map((name) => accept(String(name))),
      );
    else features.push(accept(String(value)));
  }
  return { roles: found, features: [...new Set(features)], notes };
}

function parsedMap(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new LeapError(
      `invalid map: ${file} is no YAML: ${(error as Error).message.split("\n")[0]} Write one \`role: column\` a line.`,
    );
  }
}

const roleNamed = (word: string): Role | undefined => {
  const key = plain(word).toLowerCase();
  return (roles as readonly string[]).includes(key) ? (key as Role) : synonyms[key];
};

/** The columns by their names. What is counted after publication is left out, and said to be. */
export function recognisedColumns(table: Table, target: string): Columns {
  const found: Partial<Record<Role, string>> = {};
  for (const role of roles) {
    const column = table.columns.find(
      (name) => name !== target && usual[role].test(plain(name)) && !Object.values(found).includes(name),
    );
    if (column) found[role] = column;
  }
  const used = new Set([...Object.values(found), target]);
  const rest = table.columns.filter((name) => !used.has(name));
  const outcomes = rest.filter(isOutcome);
  const features = rest.filter((name) => !isOutcome(name) && isFeature(table, name));
  const notes = [
    `Columns by their names: ${
      Object.entries(found)
        .map(([role, column]) => `${role} = ${column}`)
        .join(", ") || "none"
    }${features.length > 0 ? `; further: ${features.join(", ")}` : ""}. --map says otherwise.`,
    ...(outcomes.length > 0 ? [`Left out as counted after publication: ${outcomes.join(", ")}.`] : []),
  ];
  return { roles: found, features, notes };
}

/** A column of few words or of numbers; an id, a link or a text is none. */
function isFeature(table: Table, name: string): boolean {
  if (/(^|[^a-z])(id|url|link|hash|uuid)([^a-z]|$)/i.test(name.replaceAll("_", " ")) || /Id$/.test(name))
    return false;
  const values = table.rows.map((row) => String(row[name] ?? "")).filter((value) => value !== "");
  const distinct = new Set(values).size;
  return distinct > 1 && distinct <= 40;
}
