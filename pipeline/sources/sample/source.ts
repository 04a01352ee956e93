// The sample: a seeded generator that writes what Instagram and YouTube would have answered, week by week, so that the whole line can be seen
// at work without a platform's data. Nothing here is true of anybody.

import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Publication } from "../../../data/contract/publication.ts";
import { ingest } from "../../core/ingest.ts";
import { withReceipt } from "../../core/ingest-receipt.ts";
import type { CollectRequest, Effects, Receipt, Source, ThingCount } from "../../core/types.ts";
import { badLine } from "./bad-lines.ts";
import { namesTerm } from "./captions.ts";
import { type Collection, collections } from "./collection.ts";
import { people } from "./people.ts";
import { peopleIn } from "./people-in.ts";
import type { World } from "./posts.ts";
import { type Thing, things } from "./things.ts";
import { collectedAt, isoOf, lastWeek, mondayDate, weekCount } from "./weeks.ts";

const Config = z.strictObject({
  /** Another seed is another world with the same planted truths. */
  seed: z.string().min(1),
});
type Config = z.output<typeof Config>;

export const source: Source<Config> = {
  id: "sample",
  title: "Synthetic sample in the shape of the Instagram Graph API and the YouTube Data API",
  config: Config,
  things,
  counted: ["instagram_media", "youtube_videos"],
  people: peopleIn,
  collect,
};

/** The folder of a week bears the Monday after it, on which it was collected. */
const receiptOf = (week: number): string => mondayDate(week + 1);

async function collect(request: CollectRequest<Config>, { log }: Effects): Promise<Receipt[]> {
  const world = worldOf(request.config.seed, request.publication);
  const until = Date.parse(request.until);
  const due = Array.from({ length: weekCount }, (_, week) => week).filter(
    (week) => collectedAt(week) <= until,
  );
  const missing = due.filter((week) => !existsSync(join(request.bronze, receiptOf(week), "receipt.json")));
  const receipts: Receipt[] = [];
  for (const { week, collection } of collections(world, missing)) {
    receipts.push(
      await withReceipt(request.bronze, receiptOf(week), (folder) =>
        writeWeek(world, week, collection, folder),
      ),
    );
    log.progress("weeks of the sample", receipts.length, missing.length);
  }
  return receipts;
}

export function worldOf(seed: string, publication: unknown): World {
  const { hashtags } = Publication.pick({ hashtags: true }).loose().parse(publication);
  const captionTags = Object.fromEntries(
    Object.entries(hashtags).map(([market, tags]) => [market, tags.filter((tag) => !namesTerm(tag))]),
  );
  return { seed, accounts: people(seed), hashtags, captionTags };
}

async function writeWeek(
  world: World,
  week: number,
  collection: Collection,
  folder: string,
): Promise<Receipt> {
  const bad = badLine(world.seed, week, collection);
  const counts: Record<string, ThingCount> = {};
  const files: { name: string; bytes: number; sha256: string }[] = [];
  for (const thing of Object.keys(things) as Thing[]) {
    // Audits come once in a while; a week without one has no file of it.
    if (thing === "followers" && collection.followers.length === 0) continue;
    const file = join(folder, `${thing}.answers.ndjson`);
    const lines = collection[thing].map((line) => JSON.stringify(line));
    if (thing === "instagram_media" && bad) lines.splice(Math.floor(lines.length / 2), 0, bad.text);
    await writeFile(file, `${lines.join("\n")}\n`);
    const {
      files: read,
      received,
      kept,
      quarantined,
      parts,
    } = await ingest(
      {
        source: "sample",
        receipt: receiptOf(week),
        thing,
        files: [file],
        parser: new URL("./parser.ts", import.meta.url).href,
        options: { thing },
        folder,
      },
      { log: silent },
    );
    counts[thing] = { received, kept, quarantined, parts };
    files.push(...read);
    // The generator can write the answers again; keeping them would double the folder.
    await rm(file);
  }
  return {
    id: receiptOf(week),
    source: "sample",
    collected_at: isoOf(collectedAt(week)),
    provenance: "synthetic",
    licence_note: "Synthetic: written by the sample generator, free to use under CC0.",
    parameters: { seed: world.seed, week: mondayDate(week), of: mondayDate(lastWeek) },
    files,
    things: counts,
  };
}

const silent = { info: () => {}, warn: () => {}, progress: () => {} };
