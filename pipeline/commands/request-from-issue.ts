// `leap request-from-issue` and `leap request-answers`: from an issue somebody opened with the form to a request of the publication, and back with
// the permalink. The issue's text is a stranger's: it decides no file name and no word of a command, and what it says is data or refused.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { CopyRequest } from "../../data/contract/request.ts";
import { ruleBooks } from "../../data/reference/claims/read-files.ts";
import { LeapError } from "../core/errors.ts";
import { parseRequest } from "../models/seed-requests.ts";
import type { Done, Environment } from "./environment.ts";
import { readPublished, readPublishedRows } from "./published.ts";

/** What is read of the payload of an `issues` event. */
const Event = z.object({
  issue: z.object({
    number: z.int().positive().max(9_999_999_999),
    created_at: z.iso.datetime(),
    body: z.string().nullable(),
  }),
});

export interface ReadRequest {
  readonly id: string;
  /** The request's file, where everything in it is valid. */
  readonly yaml: string | null;
  /** What is wrong, in words for whoever asked. */
  readonly problems: readonly string[];
}

/** Labels of the form, in its order. The copy comes last, so that headings inside it are copy. */
const LABELS = ["Kind", "Markets", "Language", "Paid", "Product", "Brief", "Asked by", "Copy"] as const;
type Label = (typeof LABELS)[number];

/** A form's text holds a heading and a value for each field; a body of more than 20,000 characters is nobody's request. */
export function readIssue(payload: unknown): ReadRequest {
  const event = Event.safeParse(payload);
  if (!event.success)
    throw new LeapError(
      `invalid event: ${event.error.issues[0]?.path.join(".")}: ${event.error.issues[0]?.message}. Give the payload of an issues event.`,
    );
  const { number, created_at, body } = event.data.issue;
  const id = `issue-${number}`;
  if ((body ?? "").length > 20_000)
    return { id, yaml: null, problems: ["The issue is longer than 20,000 characters."] };
  const told = fieldsOf(body ?? "");
  const paid = told.Paid === "yes" ? true : told.Paid === "no" ? false : undefined;
  const markets = (told.Markets ?? "")
    .split(",")
    .map((code) => code.trim().toLowerCase())
    .filter(Boolean);
  const request = {
    ...{ id, kind: told.Kind, market: markets },
    ...(told.Language ? { language: told.Language.toLowerCase() } : {}),
    copy: told.Copy,
    ...(paid === undefined ? {} : { paid }),
    ...(told.Product ? { product: told.Product } : {}),
    ...(told.Brief ? { brief: told.Brief } : {}),
    ...(told["Asked by"] ? { asked_by: told["Asked by"] } : {}),
    asked_on: created_at.slice(0, 10),
  };
  const problems = problemsOf(request);
  if (problems.length > 0) return { id, yaml: null, problems };
  const yaml = `# Asked for in issue ${number}.\n${stringify(request, { lineWidth: 0 })}`;
  // What will be read is what was meant.
  const back = parseRequest(yaml, `${id}.yaml`, id);
  if (back.copy !== request.copy?.trim()) throw new Error(`the request of ${id} does not read back`);
  return { id, yaml, problems };
}

function fieldsOf(body: string): Partial<Record<Label, string>> {
  let rest = `\n${body.replace(/\r\n?/g, "\n")}`;
  const told: Partial<Record<Label, string>> = {};
  for (const [index, label] of LABELS.entries()) {
    const start = rest.indexOf(`\n### ${label}\n`);
    if (start === -1) continue;
    rest = rest.slice(start + `\n### ${label}\n`.length - 1);
    const following = LABELS.slice(index + 1)
      .map((next) => rest.indexOf(`\n### ${next}\n`))
      .filter((at) => at !== -1);
    const end = following.length > 0 ? Math.min(...following) : rest.length;
    const value = unfenced(clean(rest.slice(0, end)).trim());
    if (value !== "" && value !== "_No response_" && value !== "None") told[label] = value;
  }
  return told;
}

/** The form wraps the copy into a fence, so that GitHub reads no mark in it and calls nobody. */
function unfenced(value: string): string {
  const [, , inner] = /^(`{3,})(?:text)?\n([\s\S]*?)\n?\1$/.exec(value) ?? [];
  return (inner ?? value).trim();
}

/** Without signs that no reader sees: controls, and those that turn the direction of what follows. */
const clean = (text: string): string =>
  text.replace(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu, "").toWellFormed();

const WORDS: Readonly<Record<string, string>> = {
  kind: "Kind: choose cultural-fit or transcreate.",
  market: "Markets: choose at least one.",
  language: "Language: give an ISO 639-1 code such as ko, or leave it empty.",
  copy: "Copy: give one, of at most 5,000 characters.",
  product: "Product: at most 120 characters.",
  brief: "Brief: at most 1,000 characters.",
  asked_by: "Asked by: at most 120 characters.",
};

function problemsOf(request: { market: readonly string[] }): string[] {
  const parsed = CopyRequest.safeParse(request);
  if (!parsed.success)
    return [
      ...new Set(
        parsed.error.issues.map(
          (issue) => WORDS[String(issue.path[0])] ?? "The form was changed: open a new issue with it.",
        ),
      ),
    ];
  return parsed.data.market.every((code) => ruleBooks().has(code))
    ? []
    : [`Markets: rules are known for ${[...ruleBooks().keys()].join(", ")}.`];
}

/** Writes `<id>.yaml` (when valid), `result.json` and `reply.md` into a folder. The reply repeats nothing of what the issue says. */
export function requestFromIssue(
  words: { event: string; out: string },
  { publication }: Pick<Environment, "publication">,
): Done {
  if (!existsSync(words.event))
    throw new LeapError(
      `missing file: ${words.event}. Give the payload of an issues event: --event "$GITHUB_EVENT_PATH"`,
    );
  const read = readIssue(JSON.parse(readFileSync(words.event, "utf8")));
  mkdirSync(words.out, { recursive: true });
  const { id, yaml, problems } = read;
  if (yaml !== null) writeFileSync(path.join(words.out, `${id}.yaml`), yaml);
  const result = {
    valid: yaml !== null,
    id,
    file: `data/publications/${publication.id}/requests/${id}.yaml`,
    problems,
  };
  writeFileSync(path.join(words.out, "result.json"), `${JSON.stringify(result)}\n`);
  const reply =
    yaml !== null
      ? "Thank you: this can be asked as it is. A maintainer puts the label `accepted` on it; the next edition then answers, and the permalink is posted here."
      : [
          "This cannot be asked yet:",
          "",
          ...problems.map((problem) => `- ${problem}`),
          "",
          "Edit the issue, and it is read again.",
        ].join("\n");
  writeFileSync(path.join(words.out, "reply.md"), `${reply}\n`);
  return {
    text: yaml !== null ? `${id} is valid` : `${id} is not valid: ${problems.join(" ")}`,
    gaps: 0,
    result,
  };
}

const Waiting = z.array(
  z.object({ number: z.int().positive(), labels: z.array(z.object({ name: z.string() })) }),
);

/** Writes `<number>.md` for each accepted issue that the latest edition answers: the permalink and the verdict a market. */
export async function requestAnswers(
  words: { issues: string; out: string },
  { publication, state }: Pick<Environment, "publication" | "state">,
): Promise<Done> {
  if (!existsSync(words.issues))
    throw new LeapError(
      `missing file: ${words.issues}. Give what gh issue list --json number,labels printed.`,
    );
  const waiting = Waiting.parse(JSON.parse(readFileSync(words.issues, "utf8"))).filter(({ labels }) =>
    labels.some(({ name }) => name === "accepted"),
  );
  const { latest } = await readPublished(state);
  const rows = await readPublishedRows(state, latest, "requests");
  const answered = waiting.flatMap(({ number }) => {
    const own = rows.filter((row) => row["request"] === `issue-${number}`);
    return own.length > 0 ? [{ number, own }] : [];
  });
  mkdirSync(words.out, { recursive: true });
  for (const { number, own } of answered) {
    const address = `${publication.site_url.replace(/\/$/, "")}/requests/issue-${number}/`;
    const verdicts = own.map(
      (row) =>
        `- ${String(row["market"])}: ${row["approval_status"] === null ? "see the page" : String(row["approval_status"])}`,
    );
    writeFileSync(
      path.join(words.out, `${number}.md`),
      [`Answered in edition ${latest}: ${address}`, "", ...verdicts, ""].join("\n"),
    );
  }
  return {
    text:
      answered.length === 0
        ? "no accepted request was answered"
        : answered.map(({ number }) => `#${number} is answered`).join("\n"),
    gaps: 0,
    result: answered.map(({ number }) => number),
  };
}
