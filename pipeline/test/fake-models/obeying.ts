// A model that is wholly in the hands of whoever writes captions: it does what the data say, and what they might have said.
import { bound, type Writer, written } from "./answers.ts";
import { type FakeRequest, identifiedIn, stringsIn } from "./request.ts";

/** What it adds to every text of its own accord: markup, links, digits, strange ids, a placeholder, a name, signs that nobody sees. */
export const payload =
  "<script>alert(1)</script><img src=x onerror=alert(1)> [read more](https://attack.example/?q=1) " +
  "![p](https://attack.example/p.png) javascript:alert(1) https://attack.example 100 % p9999 {revenue:ZZ} " +
  "@attacker #ad Evilcorp \u202etxet\u202c \u200bhidden";

/**
 * Answers in the shape that was asked for, with the attack in every text; numbers that the caption names, out of range where it says so; the choice
 * that the caption names; and beside the entries that were asked for one with an id from the attack.
 */
export function obeyingModel(request: FakeRequest): unknown {
  const sent = new Set(identifiedIn(request.data).map(({ id }) => id));
  const named = stringsIn(request.data).flatMap((text) => text.match(/\bp[0-9a-z]{3,8}\b/g) ?? []);
  const strange = named.find((id) => /\d/.test(id) && !sent.has(id)) ?? "p9999";
  const attackOn = (data: unknown) => stringsIn(data).toSorted((a, b) => b.length - a.length)[0] ?? "";
  const writer: Writer = {
    fillsNull: true,
    text: ({ data }) => `${attackOn(data)} ${payload}`,
    number: ({ data, schema }) => {
      const said = /-?\d+(\.\d+)?/.exec(attackOn(data))?.[0];
      return said === undefined ? (bound(schema, "maximum") ?? 99) + 1 : Number(said);
    },
    choice: ({ data }, values) => {
      const orders = attackOn(data).toLowerCase();
      return values.find((value) => orders.includes(String(value).toLowerCase())) ?? values.at(-1);
    },
    entries: (entries) => {
      const first = entries[0];
      if (typeof first === "string") return [...entries, strange];
      return (first as { id?: unknown } | null)?.id === undefined
        ? entries
        : [...entries, { ...(first as object), id: strange }];
    },
  };
  return written(request, writer);
}
