// One note: a Markdown file whose front matter says what it is about, where it comes from and how long it holds.
import { readFileSync } from "node:fs";
import { basename, relative } from "node:path";
import { type Document, LineCounter, parseDocument } from "yaml";
import { KnowledgeNote } from "../../data/contract/knowledge.ts";
import { LeapError } from "../core/errors.ts";

export interface Note extends KnowledgeNote {
  /** The Markdown after the front matter. */
  readonly body: string;
  /** Line of the file on which the body starts, from 1. */
  readonly bodyLine: number;
  /** Path of the file, relative to the working directory. */
  readonly file: string;
}

/** Throws a LeapError that names the file, the line and what to write instead. */
export function readNote(path: string): Note {
  const file = relative(".", path);
  const text = readFileSync(path, "utf8")
    .replace(/^\ufeff/, "")
    .replaceAll("\r\n", "\n");
  const found = text.match(/^---\n([\s\S]*?)\n?---[ \t]*(?:\n|$)/);
  if (!found)
    throw new LeapError(
      `missing front matter: ${file}, line 1. A note opens with --- , its keys and --- again; see the README of its folder.`,
    );
  const yaml = found[1] ?? "";
  const facts = frontMatter(yaml, file);
  if (facts.id !== basename(path, ".md"))
    throw new LeapError(
      `invalid id: ${facts.id} in ${file}, line ${lineOf(yaml, ["id"])}. A note is called like its file: ${basename(path, ".md")}.`,
    );
  return { ...facts, body: text.slice(found[0].length), bodyLine: found[0].split("\n").length, file };
}

function frontMatter(yaml: string, file: string): KnowledgeNote {
  const document = parseDocument(yaml);
  const [broken] = document.errors;
  if (broken)
    throw new LeapError(
      `invalid front matter: ${file}, line ${(broken.linePos?.[0].line ?? 1) + 1}: ${broken.message.split("\n")[0]} Its keys are ${KEYS}.`,
    );
  const parsed = KnowledgeNote.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === "unrecognized_keys") {
    const key = String(issue.keys[0]);
    throw new LeapError(
      `unknown key: ${[...path, key].join(".")} in ${file}, line ${lineOf(yaml, [...path, key])}. ${path.length === 0 ? `A note's keys are ${KEYS}` : `${path.join(".")} holds title, url, publisher`}.`,
    );
  }
  const value = document.getIn(path);
  if (value === undefined)
    throw new LeapError(
      `missing key: ${path.join(".")} in ${file}. A note's keys are ${KEYS}; date, checked and valid_until may be null.`,
    );
  throw new LeapError(
    `invalid ${path.join(".")}: ${JSON.stringify(value)} in ${file}, line ${lineOf(yaml, path)}: ${issue?.message}.`,
  );
}

const KEYS = Object.keys(KnowledgeNote.shape).join(", ");

/** Line of a key in the file: the front matter starts on the second. */
function lineOf(yaml: string, path: readonly string[]): number {
  const lineCounter = new LineCounter();
  const document: Document = parseDocument(yaml, { lineCounter, keepSourceTokens: true });
  const node = document.getIn(path, true) as { range?: readonly number[] } | undefined;
  return lineCounter.linePos(node?.range?.[0] ?? 0).line + 1;
}
