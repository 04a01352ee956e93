import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import { ownVoices, type Said } from "./voices.ts";

const syllables = "ba de fi go lu ma ne pi ro su ta ve wi zo".split(" ");

/** A caption of thirty words that no other label has. */
function long(label: string): string {
  const random = seededRandom(label);
  const part = () => syllables[Math.floor(random() * syllables.length)];
  return Array.from({ length: 30 }, () => `${part()}${part()}${part()}`).join(" ");
}
const said = (text: string, ...authors: string[]): Said => ({ text, authors, unnamed: 0 });
const own = (author: string, count: number) =>
  Array.from({ length: count }, (_, i) => said(long(`${author} ${i}`), author));

test("a caption copied with other tags, emoji and a changed letter is one text of both authors", () => {
  const voices = ownVoices([
    said(`${long("serum")} ✨ #skin`, "mia"),
    said(`${long("serum")}!! #glow https://x.example/2`, "ben"),
    said(long("an altogether unlike toner from the north"), "eva"),
  ]);
  expect(voices.map(({ authors }) => authors)).toEqual([["ben", "mia"], ["eva"]]);
});

test("short captions that read alike are everybody's own words", () => {
  expect(ownVoices([said("love it", "mia"), said("love it!", "ben")])).toHaveLength(2);
});

test("what a pod pastes is left out, and its members are one voice elsewhere", () => {
  const pasted = ["cream", "patch", "balm"].map((word) => said(long(word), "p 1", "p 2", "p 3"));
  const voices = ownVoices([...pasted, ...own("p 1", 1), ...own("p 2", 1), ...own("mia", 3)]);
  expect(voices.map(({ authors }) => authors)).toEqual([["pod p 1"], ["pod p 1"], ["mia"], ["mia"], ["mia"]]);
});

test("two friends with the same two texts are no pod, nor are many who share one", () => {
  const friends = ["cream", "patch"].map((word) => said(long(word), "f1", "f2"));
  const chain = said(long("chain letter"), "a", "b", "c", "d", "e");
  expect(ownVoices([...friends, chain])).toHaveLength(3);
});

test("people who say a lot of their own and two things alike are no pod", () => {
  const alike = ["cream", "patch"].map((word) => said(long(word), "m1", "m2", "m3"));
  const voices = ownVoices([...alike, ...["m1", "m2", "m3"].flatMap((author) => own(author, 12))]);
  expect(voices).toHaveLength(38);
});

test("posts whose authors nobody names add up and tie nobody", () => {
  const [one] = ownVoices([
    { text: long("serum"), authors: [], unnamed: 2 },
    { text: `${long("serum")} 🫶`, authors: [], unnamed: 3 },
  ]);
  expect(one).toMatchObject({ authors: [], unnamed: 5 });
});
