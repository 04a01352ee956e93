// The `audit` source: follower samples that an operator names under `audits:` in publication.yaml. The file is read once and not kept: bronze holds
// the numbers that the scorecard reads and a keyed hash of each name. A sample that is taken off the list is forgotten at the next collection.
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { Audit } from "../../../data/contract/publication.ts";
import { accountReader } from "../../accounts/columns.ts";
import { FollowerRow } from "../../accounts/follower-row.ts";
import { LeapError } from "../../core/errors.ts";
import { ingest } from "../../core/ingest.ts";
import { readReceipt, withReceipt } from "../../core/ingest-receipt.ts";
import { authorKey } from "../../core/key.ts";
import { checksum } from "../../core/lines.ts";
import { readTable } from "../../core/table.ts";
import type { CollectRequest, Effects, Receipt, Source } from "../../core/types.ts";
import type { ParseOptions } from "./parse.ts";

const Sample = Audit.extend({
  /** `<file>:<line>` of publication.yaml, for messages. */
  place: z.string(),
});
type Sample = z.output<typeof Sample>;

const Config = z.strictObject({ samples: z.array(Sample) });
type Config = z.output<typeof Config>;

export const source: Source<Config> = {
  id: "audit",
  title: "Follower samples drawn by a named auditor",
  config: Config,
  things: { followers: FollowerRow },
  counted: [],
  people: {
    // Whose followers these are, and the follower: a slug of the registry and a hash, neither of any platform.
    followers: {
      subject: ({ creator, follower_key }) => ({
        platform: "audit",
        author_id: creator as string,
        author_handle: follower_key as string | null,
        post_id: null,
      }),
      expired: (row) => row,
    },
  },
  async collect({ config, bronze }: CollectRequest<Config>, { log }: Pick<Effects, "log">) {
    const receipts: Receipt[] = [];
    for (const sample of config.samples) receipts.push(await collectSample(sample, bronze, log));
    await forgetOthers(
      bronze,
      receipts.map(({ id }) => id),
    );
    return receipts;
  },
};

/** A changed entry is another sample. The path is not part of it: the file may move. */
const receiptOf = ({ creator, auditor, date, consent, columns }: Sample): string =>
  `${date}-${creator}-${createHash("sha256")
    .update(JSON.stringify([creator, auditor, date, consent, columns ?? null]))
    .digest("hex")
    .slice(0, 8)}`;

async function collectSample(sample: Sample, bronze: string, log: Effects["log"]): Promise<Receipt> {
  const id = receiptOf(sample);
  const there = existsSync(join(bronze, id, "receipt.json"));
  if (!existsSync(sample.file)) {
    if (there) return readReceipt(join(bronze, id));
    throw new LeapError(
      `missing file: ${sample.file}, the follower sample of ${sample.creator}. Put it there, or mend ${sample.place}.`,
    );
  }
  if (there) return unchanged(await readReceipt(join(bronze, id)), sample);
  return withReceipt(bronze, id, (staging) => readSample(sample, id, bronze, staging, log));
}

async function readSample(
  sample: Sample,
  id: string,
  bronze: string,
  staging: string,
  log: Effects["log"],
): Promise<Receipt> {
  const { creator, auditor, date, consent, columns: map, file } = sample;
  const { columns } = await readTable(file);
  const { columns: read } = readable(sample, columns);
  const options: ParseOptions = {
    file,
    columns,
    map: map ?? null,
    key: Buffer.from(authorKey({ root: dirname(dirname(bronze)) }, null)).toString("hex"),
    audit: { creator, auditor, audited_on: date, consent },
  };
  const { received, kept, quarantined, parts, files, notes } = await ingest(
    {
      source: "audit",
      receipt: id,
      thing: "followers",
      files: [file],
      parser: new URL("./parse.ts", import.meta.url).href,
      options,
      folder: staging,
    },
    { log },
  );
  for (const note of notes) log.warn(note);
  await withholdRaw(join(staging, "quarantine.ndjson"));
  return {
    id,
    source: "audit",
    collected_at: `${date}T00:00:00Z`,
    provenance: "imported",
    licence_note: `Personal data, looked at by ${auditor} on this ground: ${consent}. Names and texts were not kept.`,
    parameters: { creator, auditor, date, consent, columns: read, notes },
    files,
    things: { followers: { received, kept, quarantined, parts } },
  };
}

/** The map and the file are judged before anything is read, so that the message can name the line of publication.yaml. */
function readable(sample: Sample, columns: readonly string[]) {
  try {
    return accountReader(sample.file, columns, sample.columns ?? null);
  } catch (error) {
    if (error instanceof LeapError)
      throw new LeapError(
        `${error.message} The sample stands at ${sample.place}; its columns are named under columns: there.`,
      );
    throw error;
  }
}

// Lines that could not be read are shown with their reason, never with what stands in them: those are people.
async function withholdRaw(file: string): Promise<void> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  const withheld = lines.map((line) =>
    JSON.stringify({ ...JSON.parse(line), raw: "withheld: personal data" }),
  );
  await writeFile(file, withheld.map((line) => `${line}\n`).join(""));
}

async function unchanged(receipt: Receipt, sample: Sample): Promise<Receipt> {
  const sha256 = await checksum(sample.file);
  if (receipt.files[0]?.sha256 === sha256) return receipt;
  throw new LeapError(
    `invalid file: ${sample.file} has changed since it was read as the sample of ${sample.date}. A new sample gets an entry of its own with its day; see ${sample.place}.`,
  );
}

async function forgetOthers(bronze: string, ids: readonly string[]): Promise<void> {
  if (!existsSync(bronze)) return;
  for (const name of readdirSync(bronze))
    if (!ids.includes(name)) await rm(join(bronze, name), { recursive: true, force: true });
}
