// Reads publication.yaml. An unknown or invalid key is refused with its line, because a misspelt key would silently do nothing.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { Publication } from "../../data/contract/publication.ts";
import { LeapError } from "../core/errors.ts";

export const repository = path.resolve(import.meta.dirname, "../..");

/** Where mastheads live; a test or an import may point elsewhere. */
export const defaultPublications = path.join(repository, "data/publications");

/** Reads and validates `<folder>/<id>/publication.yaml`. Throws LeapError naming file, line and next step. */
export function readPublication(id: string, folder = defaultPublications): Publication {
  const file = path.join(folder, id, "publication.yaml");
  if (!existsSync(file)) {
    const known = existsSync(folder)
      ? readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "publication.yaml")))
      : [];
    throw new LeapError(
      `unknown publication: ${id}. Known: ${known.join(", ") || "none"}. Make one with: npm run leap -- import FILE --publication ${id}`,
    );
  }
  return parsePublication(readFileSync(file, "utf8"), file, id);
}

/** Parses the text of a publication.yaml; `file` is for messages. */
export function parsePublication(text: string, file: string, id?: string): Publication {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const broken = document.errors[0];
  if (broken)
    throw new LeapError(
      `invalid YAML: ${at(broken.pos[0])}: ${broken.message.split("\n")[0]}. Mend the line and run again.`,
    );
  const parsed = Publication.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    const issue = parsed.error.issues[0] as z.core.$ZodIssue;
    const keys = issue.code === "unrecognized_keys" ? issue.keys : [];
    const where = [...issue.path, ...keys.slice(0, 1)];
    throw new LeapError(
      `${problem(issue, document.getIn(issue.path))}. See ${at(offsetOf(document, where))}${hint(issue)}`,
    );
  }
  if (id !== undefined && parsed.data.id !== id)
    throw new LeapError(
      `invalid id: ${parsed.data.id} in ${file}. The folder is called ${id}; give both the same name.`,
    );
  checkReferences(parsed.data, file, (where) => at(offsetOf(document, where)));
  return parsed.data;
}

/** `<file>:<line>` of the deepest part of `where` that the file holds: for checks that run after the file was read. */
export function placeIn(file: string, where: readonly PropertyKey[]): string {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), { lineCounter: lines });
  return `${file}:${lines.linePos(offsetOf(document, where)).line}`;
}

function problem(issue: z.core.$ZodIssue, value: unknown): string {
  const key = issue.path.join(".");
  if (issue.code === "unrecognized_keys")
    return `unknown key: ${issue.keys.join(", ")}${key ? ` under ${key}` : ""}`;
  if (issue.code === "invalid_type" && value === undefined) return `missing key: ${key}`;
  const shown =
    value === undefined ? "" : ` = ${JSON.stringify(isNode(value) ? value.toJSON() : value)?.slice(0, 80)}`;
  return `invalid ${key || "publication"}${shown}: ${issue.message}`;
}

function hint(issue: z.core.$ZodIssue): string {
  if (issue.code !== "unrecognized_keys" || issue.path.length > 0) return ".";
  return `. Known keys: ${Object.keys(Publication.shape).join(", ")}.`;
}

/** Byte offset of the deepest node on the path that exists; for an unknown key, of the key itself. */
function offsetOf(document: ReturnType<typeof parseDocument>, where: readonly PropertyKey[]): number {
  for (let length = where.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(where.slice(0, length - 1), true);
    const last = where[length - 1];
    const items = (parent as { items?: { key?: unknown }[] } | null)?.items;
    const pair = items?.find((item) => isNode(item.key) && String(item.key.toJSON()) === String(last));
    if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    const node = document.getIn(where.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function checkReferences(
  publication: Publication,
  file: string,
  placeOf: (where: readonly PropertyKey[]) => string,
): void {
  const brands = new Set(publication.brands.map((brand) => brand.id));
  const stranger = publication.competitor_set?.brands.find((brand) => !brands.has(brand));
  if (stranger)
    throw new LeapError(
      `unknown brand: ${stranger} in competitor_set of ${file}. List it under brands first.`,
    );
  const repeated =
    firstRepeated(publication.creators.map((creator) => creator.id)) ??
    firstRepeated([...publication.brands.map((brand) => brand.id)]);
  if (repeated)
    throw new LeapError(
      `invalid id: ${repeated} stands twice in ${file}. Ids are addresses; give each its own.`,
    );
  const creators = new Set(publication.creators.map((creator) => creator.id));
  for (const [index, audit] of publication.audits.entries()) {
    if (!creators.has(audit.creator))
      throw new LeapError(
        `unknown creator: ${audit.creator}, audited at ${placeOf(["audits", index, "creator"])}. Only creators on the registry get a page; list them under creators first.`,
      );
    const twin = publication.audits.findIndex(
      (other) => other.creator === audit.creator && other.date === audit.date,
    );
    if (twin < index)
      throw new LeapError(
        `invalid audit: ${audit.creator} of ${audit.date} stands twice, again at ${placeOf(["audits", index, "date"])}. A creator has one sample a day; put both files into one.`,
      );
  }
}

const firstRepeated = (ids: readonly string[]): string | undefined =>
  ids.find((id, index) => ids.indexOf(id) !== index);
