// The draft with its barred sentences replaced: whole sentences, because half of one rarely survives the loss of its verb.
import type { Hit } from "./checked.ts";
import { penalties } from "./score.ts";

const ends = /[.!?。！？\n]/;

/** Null when no hit of medium severity or worse can be replaced. A label that is missing is put in front. */
export function revised(copy: string, hits: readonly Hit[]): string | null {
  const barred = hits.filter((hit) => hit.severity !== "low" && hit.end > hit.start);
  const label = hits.find((hit) => hit.kind === "disclosure");
  if (barred.length === 0 && !label) return null;
  let out = "";
  let done = 0;
  const said = new Set<string>();
  for (const hit of barred) {
    if (hit.kind === "disclosure" || hit.start < done) continue;
    const [start, end] = sentenceAround(copy, hit);
    const { suggestion } = worstOf(barred.filter((other) => other.start >= start && other.start < end));
    out += copy.slice(done, Math.max(start, done));
    if (!said.has(suggestion)) out += leading(copy.slice(start, end)) + suggestion;
    said.add(suggestion);
    done = end;
  }
  out += copy.slice(done);
  const clean = out.replace(/([.!?。！？])[ \t]*(?=[.!?。！？])/g, "$1").replace(/([.!?])\1+/g, "$1");
  return label ? `${label.suggestion}\n${clean}` : clean;
}

/** A sentence is replaced once, by what answers its worst claim. */
const worstOf = (hits: readonly Hit[]): Hit =>
  hits.reduce((worst, hit) => (penalties[hit.severity] > penalties[worst.severity] ? hit : worst));

const leading = (sentence: string): string => sentence.match(/^\s*/)?.[0] ?? "";

function sentenceAround(copy: string, { start, end }: Hit): readonly [number, number] {
  let from = start;
  while (from > 0 && !endsAt(copy, from - 1)) from--;
  let to = end;
  while (to < copy.length && !endsAt(copy, to)) to++;
  return [from, to];
}

/** A point between digits ends no sentence. */
const endsAt = (copy: string, index: number): boolean =>
  ends.test(copy[index] ?? "") && !(/\d/.test(copy[index - 1] ?? "") && /\d/.test(copy[index + 1] ?? ""));
