// What a run says to people when it ends: one line of what was done, then what could not be, each hole by name.
import { redacted } from "../core/secrets.ts";
import type { Closed } from "./close-run.ts";
import { type Ending, FINE } from "./ending.ts";
import type { AnyLive } from "./world.ts";

export function told(source: AnyLive, closed: Closed): { readonly says: string[]; readonly gaps: string[] } {
  const { endings, runs, limits, incidents, receipts } = closed;
  const sum = (field: "posts_received" | "posts_repeated" | "quarantined" | "deleted_upstream") =>
    runs.reduce((total, row) => total + row[field], 0);
  const pages = endings.reduce((total, { pagesFetched }) => total + pagesFetched, 0);
  const fine = endings.filter(({ how }) => FINE.includes(how) && how !== "queued").length;
  const rows = Object.entries(receipts.find((receipt) => receipt.source === source.id)?.things ?? {});
  const kept = rows.map(([thing, { kept: count }]) => `${count} ${thing}`).join(", ") || "no rows";
  const says = [
    `${source.id}: ${fine} of ${endings.length} targets in ${pages} pages; ${kept}` +
      `${sum("posts_repeated") > 0 ? `; ${sum("posts_repeated")} posts seen twice` : ""}` +
      `${sum("quarantined") > 0 ? `; ${sum("quarantined")} rows set aside` : ""}` +
      `${sum("deleted_upstream") > 0 ? `; ${sum("deleted_upstream")} posts are gone upstream` : ""}`,
  ];
  const gaps: string[] = [];
  for (const { title, queued, resets_at } of limits)
    if (queued.length > 0)
      gaps.push(
        `${source.id}: ${title}: ${queued.length} wait for a place${resets_at ? `, the next is free at ${resets_at}` : ""}: ${named(queued)}`,
      );
  // A pause of the whole source is no limit with a row of its own.
  const isTold = (id: string | undefined) => limits.some(({ limit }) => limit === id);
  const failed = endings.filter(
    ({ how, entry }) => !FINE.includes(how) && !(how === "limit" && isTold(entry?.limit?.id)),
  );
  // What refreshes counts or looks for deletions leaves no hole in what was to be collected.
  const [holes, beside] = [true, false].map((essential) =>
    failed.filter(({ target }) => (target.essential !== false) === essential),
  ) as [Ending[], Ending[]];
  const error = incidents.findLast(({ severity }) => severity === "error")?.says;
  const whyOf = (how: string, group: readonly Ending[]) => {
    const own = group.find((ending) => ending.why)?.why;
    // What killed a credential was said once, at the first request that it spoilt.
    return (how === "account" ? (error ?? own) : (own ?? error)) ?? how;
  };
  for (const [how, group] of Map.groupBy(holes, ({ how }) => how))
    gaps.push(
      `${source.id}: ${group.length} of ${endings.length} targets not collected (${how}): ${whyOf(how, group)}`,
    );
  for (const [how, group] of Map.groupBy(beside, ({ how }) => how))
    says.push(
      `${source.id}: skipped, and no post is missing for it: ${named(group.map(({ target }) => target.title))} (${how}): ${whyOf(how, group)}`,
    );
  for (const { kind, says: words } of incidents)
    if (kind === "lost" || kind === "token_expires") says.push(`${source.id}: ${words}`);
  return { says: says.map(redacted), gaps: gaps.map(redacted) };
}

const named = (names: readonly string[]): string =>
  names.length <= 5 ? names.join(", ") : `${names.slice(0, 5).join(", ")} and ${names.length - 5} more`;
