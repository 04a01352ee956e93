// A sentence on a page: every number carries its metric, nothing in it is markup.
import { expect, test } from "vitest";
import { type Finding, sentenceHtml } from "./sentence.ts";

const finding = (lead: string, template: string, text: string) =>
  ({ lead, template, text, section: "bottom_line", evidence: [] }) as unknown as Finding;

test("each filled number carries the metric it comes from", () => {
  expect(
    sentenceHtml(
      finding(
        "Prepare",
        "Prepare: {'Germany'} scores {entry_readiness:de|ci}, from {entry_readiness:de|prev}.",
        ": Germany scores 60 (53–67), from 56.",
      ),
    ),
  ).toBe(
    '<b>Prepare</b>: Germany scores <data data-metric="entry_readiness:de">60 (53–67)</data>, from <data data-metric="entry_readiness:de">56</data>.',
  );
});

test("markup in a name from a hostile caption is text", () => {
  expect(
    sentenceHtml(finding("<img onerror=x>", "<img onerror=x>{'<b>x'} at {a:de:\"x|0}", "<b>x at 5")),
  ).toBe('<b>&lt;img onerror=x&gt;</b>&lt;b&gt;x at <data data-metric="a:de:&quot;x">5</data>');
});

test("a text that does not fit its template is printed as it is", () => {
  expect(sentenceHtml(finding("", "{a:de|0} posts", "something else"))).toBe("something else");
});
