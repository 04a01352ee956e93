import { expect, test } from "vitest";
import { markdownHtml, markdownSummary, markdownTitle } from "./markdown.ts";

test("the title line is taken by the page and left out of the text", () => {
  const text = "# Sentiment\n\nHow people *speak*.\n\n## Limits\nIrony.";
  expect(markdownTitle(text)).toBe("Sentiment");
  expect(markdownSummary(text)).toBe("How people speak.");
  expect(markdownHtml(text)).not.toContain("<h1");
  expect(markdownHtml(text)).toContain('<h2 id="limits">Limits</h2>\n<p>Irony.</p>');
});

test("the summary is the question, when the file opens with it in bold", () => {
  expect(markdownSummary("# A\n\n**Question.** Do posts `praise`?\n\n**Definition.** Yes.")).toBe(
    "Do posts praise?",
  );
});

test("markup in the text is shown, not run", () => {
  const html = markdownHtml('<script>alert(1)</script> <img src=x onerror="alert(1)">');
  expect(html).toBe(
    "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=&quot;alert(1)&quot;&gt;</p>",
  );
});

test("a link to anything but our pages, anchors and https becomes its words", () => {
  expect(markdownHtml("[a](javascript:alert(1))")).not.toContain("href");
  expect(markdownHtml("[a](//evil.example)")).toBe("<p>a</p>");
  expect(markdownHtml("[a](/methods/)")).toBe('<p><a href="/methods/">a</a></p>');
});

test("tables, lists and code keep their text as it stands", () => {
  const html = markdownHtml(
    "| a | n |\n| --- | ---: |\n| x | 1 |\n\n- one\n  more\n- two\n\n```sql\nselect *\n\nfrom a < b\n```",
  );
  expect(html).toContain('<th scope="col" class="n">n</th>');
  expect(html).toContain("<ul><li>one\nmore</li><li>two</li></ul>");
  expect(html).toContain("<code>select *\n\nfrom a &lt; b</code>");
});

test("emphasis may stand between stars or underscores; names with underscores in them are names", () => {
  expect(markdownHtml("- _Neutral counts in n._ An answer.\n- *So* be it, net_sentiment and too_few.")).toBe(
    "<ul><li><em>Neutral counts in n.</em> An answer.</li><li><em>So</em> be it, net_sentiment and too_few.</li></ul>",
  );
});
