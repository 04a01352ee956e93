// Files handed over together become imports: files with the same columns share one mapping, others get their own.
import { hash } from "node:crypto";
import { resolve } from "node:path";
import { LeapError } from "../../core/errors.ts";
import { type Input, openInput } from "../../core/lines.ts";
import { readHead } from "../../core/lines-bytes.ts";
import { type Sample, sampleRecords } from "../../core/lines-sample.ts";
import type { Receipt } from "../../core/types.ts";
import type { Wishes } from "./draft.ts";
import { type Proposal, propose } from "./propose.ts";
import type { Import } from "./source.ts";

export interface Group {
  /** `print` tells a file from others without reading all of it; its checksum comes with the reading. */
  readonly files: readonly { readonly path: string; readonly name: string; readonly print: string }[];
  readonly sample: Sample;
  readonly proposal: Proposal;
}

/** Opens, samples and groups the files, and proposes a mapping for each group. Throws a LeapError for the first that is no posts. */
export async function groupFiles(paths: readonly string[], wishes: Wishes): Promise<Group[]> {
  const opened: { input: Input; sample: Sample }[] = [];
  for (const path of paths) {
    const input = await openInput(resolve(path));
    const sample = await sampleRecords(input);
    if (sample.records.length === 0) throw nothingToRead(input, sample);
    opened.push({ input, sample });
  }
  const byColumns = new Map<string, { input: Input; sample: Sample }[]>();
  for (const one of opened) {
    const key = one.sample.header ? `csv ${JSON.stringify(one.sample.header)}` : "records";
    byColumns.set(key, [...(byColumns.get(key) ?? []), one]);
  }
  const groups: Group[] = [];
  for (const members of byColumns.values()) {
    const sample = merged(members.map((member) => member.sample));
    const names = members.map((member) => member.input.name);
    const files = [];
    for (const { input } of members)
      files.push({ path: input.path, name: input.name, print: await printOf(input) });
    groups.push({ files, sample, proposal: propose(sample, names, wishes) });
  }
  return groups;
}

/** The entry that publication.yaml keeps. Its id holds the day of the import and a hash of what was imported how. */
export function importEntry(group: Group, importedAt: string, licence: string): Import {
  const { thing, preset, mapping } = group.proposal;
  const said = JSON.stringify([group.files.map((file) => file.print), thing, mapping]);
  return {
    id: `${importedAt.slice(0, 10)}-${hash("sha256", said, "hex").slice(0, 8)}`,
    imported_at: importedAt,
    thing,
    licence_note: licence,
    preset,
    files: group.files.map(({ path }) => ({ path })),
    mapping,
  } as unknown as Import;
}

/** The entry with the checksums that the reading found. */
export function withChecksums(entry: Import, receipt: Receipt): Import {
  const files = entry.files.map((file, index) => ({ ...file, sha256: receipt.files[index]?.sha256 }));
  return { ...entry, files } as Import;
}

async function printOf(input: Input): Promise<string> {
  const { bytes } = await readHead(input.path);
  return `${input.bytes}-${hash("sha256", bytes, "hex")}`;
}

// Every file says something about the dates and decimals of its columns, so each gets its share of the sample.
function merged(samples: readonly Sample[]): Sample {
  const [first] = samples;
  if (!first || samples.length === 1) return first as Sample;
  const each = Math.ceil(3000 / samples.length);
  return {
    records: samples.flatMap((sample) => sample.records.slice(0, each)),
    columns: [...new Set(samples.flatMap((sample) => sample.columns))],
    header: first.header,
    rejected: samples.reduce((sum, sample) => sum + sample.rejected, 0),
  };
}

function nothingToRead(input: Input, sample: Sample): LeapError {
  if (sample.header && sample.rejected === 0)
    return new LeapError(
      `invalid file: ${input.path} has a header (${sample.header.slice(0, 12).join(", ")}) and no rows. Export it again, or leave it out.`,
    );
  return new LeapError(
    `invalid file: ${input.path} holds no record that can be read as ${input.format.kind}${sample.rejected > 0 ? ` (${sample.rejected} bad lines)` : ""}. Open it and compare with what you expect, or save it as CSV.`,
  );
}
