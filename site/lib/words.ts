// Words for readers. Charts receive words, they never look them up; pages and sections take them from here.
import en from "../i18n/en.json" with { type: "json" };

export type Words = typeof en;
export const words: Words = en;

/** `fill("{n} posts", { n: "12" })` → `12 posts`. Throws on a placeholder nobody filled: a hole in a sentence is a bug. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`missing word: {${name}} in "${template}"`);
    return String(value);
  });
}
