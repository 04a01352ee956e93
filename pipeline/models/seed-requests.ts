// Reads the requests of a publication, one YAML file each, and lays them before the models: one row a request and market.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import type { Publication } from "../../data/contract/publication.ts";
import { CopyRequest } from "../../data/contract/request.ts";
import { ruleBooks } from "../../data/reference/claims/read-files.ts";
import { LeapError } from "../core/errors.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";

const V = "VARCHAR";

/** Columns of `pub_requests`; one row a request and market. */
export const requestsTable = {
  request: V,
  market: V,
  kind: V,
  language: V,
  copy: V,
  paid: "BOOLEAN",
  product: V,
  brief: V,
  asked_by: V,
  asked_on: "DATE",
  synthetic: "BOOLEAN",
} as const;

/** Creates `pub_requests`; empty without requests. Throws a LeapError that names file and line. */
export async function seedRequests(
  warehouse: OpenWarehouse,
  publication: Pick<Publication, "id">,
  publications = join("data", "publications"),
): Promise<void> {
  const rows = readRequests(join(publications, publication.id, "requests")).flatMap(
    ({ id, market, language, paid, product, brief, asked_by, ...told }) =>
      [...new Set(market)].map((code) => ({
        ...told,
        request: id,
        market: code,
        language: language ?? null,
        paid: paid ?? null,
        product: product ?? null,
        brief: brief ?? null,
        asked_by: asked_by ?? null,
      })),
  );
  await warehouse.insertRows("pub_requests", requestsTable, rows);
}

/** The requests of a folder by id; none where there is no folder. Nothing else stands in it but README.md. */
export function readRequests(folder: string): CopyRequest[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith(".") && name !== "README.md")
    .sort()
    .map((name) => {
      const file = relative(".", join(folder, name));
      const id = /^(.+)\.ya?ml$/.exec(name)?.[1];
      if (id === undefined)
        throw new LeapError(
          `unknown file: ${file}. A request is one file <id>.yaml; see the README beside it.`,
        );
      return parseRequest(readFileSync(join(folder, name), "utf8"), file, id);
    });
}

/** Parses the text of a request; `file` is for messages, `id` is how the file is called. */
export function parseRequest(text: string, file: string, id: string): CopyRequest {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number | undefined) => `${file}:${lines.linePos(offset ?? 0).line}`;
  const [broken] = document.errors;
  if (broken)
    throw new LeapError(
      `invalid YAML: ${at(broken.pos[0])}: ${broken.message.split("\n")[0]}. Mend the line and run again.`,
    );
  /** Where a key stands; the file's first line for one that is missing. */
  const place = (key: string): string => {
    const items = (document.contents as { items?: { key?: { value?: unknown; range?: number[] } }[] } | null)
      ?.items;
    return at(items?.find((pair) => pair.key?.value === key)?.key?.range?.[0]);
  };
  const parsed = CopyRequest.safeParse(document.toJS() ?? {});
  if (!parsed.success)
    throw new LeapError(complaint(parsed.error.issues[0] as z.core.$ZodIssue, document.toJS(), place));
  const request = parsed.data;
  if (request.id !== id)
    throw new LeapError(
      `invalid id: ${request.id}. See ${place("id")}; a request is called like its file: ${id}.`,
    );
  const stranger = request.market.find((code) => !ruleBooks().has(code));
  if (stranger !== undefined)
    throw new LeapError(
      `unknown market: ${stranger}. See ${place("market")}; rules are known for ${[...ruleBooks().keys()].join(", ")}.`,
    );
  return request;
}

function complaint(issue: z.core.$ZodIssue, value: unknown, place: (key: string) => string): string {
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] as string;
    return `unknown key: ${key}. See ${place(key)}; the keys of a request are ${KEYS}.`;
  }
  const key = String(issue.path[0] ?? "");
  const found = key === "" ? value : (value as Record<string, unknown> | null)?.[key];
  if (found === undefined)
    return `missing key: ${key}. See ${place(key)}; the keys of a request are ${KEYS}.`;
  const shown = JSON.stringify(found).slice(0, 80);
  const why =
    issue.code === "invalid_union" ? "a market's code such as de, or a list of them" : issue.message;
  return key === ""
    ? `invalid request: ${shown}. See ${place(key)}; it is a mapping with the keys ${KEYS}.`
    : `invalid ${key}: ${shown}. See ${place(key)}: ${why}.`;
}

const KEYS = Object.keys(CopyRequest.shape).join(", ");
