import { expect, test } from "vitest";
import { textOf } from "./html.ts";

test.each([
  ["paragraphs and breaks", "<p>Erste</p><p>Zweite<br />Dritte</p>", "Erste\n\nZweite\nDritte"],
  [
    "a tag keeps its sign and its word together",
    '<p>Mag ich <a href="https://haut.sample/tags/kbeauty" class="mention hashtag" rel="tag">#<span>kbeauty</span></a> sehr</p>',
    "Mag ich #kbeauty sehr",
  ],
  [
    "an address comes whole, with what the page would hide",
    '<a href="https://example.com/a?b=1&amp;c=2"><span class="invisible">https://</span><span class="ellipsis">example.com/a?b=1</span><span class="invisible">&amp;c=2</span></a>',
    "https://example.com/a?b=1&c=2",
  ],
  ["written markup is text", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<script>alert(1)</script>"],
  ["references are resolved once", "<p>&amp;lt; and &amp;#60;</p>", "&lt; and &#60;"],
  ["numbers, decimal and hexadecimal", "<p>it&#39;s &#x1F9F4; l&#x27;eau</p>", "it's 🧴 l'eau"],
  ["what is no reference stays", "<p>R&D; AT&T &unknown; &</p>", "R&D; AT&T &unknown; &"],
  ["control characters and halves of pairs vanish", "<p>a&#0;b&#8;c&#xD800;d</p>", "abcd"],
  ["a smaller-than sign is no element", "<p>3 < 4 and 5 > 4</p>", "3 < 4 and 5 > 4"],
  ["scripts and comments are not text", "<p>a<script>b()</script><!-- c -->d</p>", "ad"],
  ["an element that is cut off is not text", "<p>seen</p><a href='https://cut", "seen"],
])("%s", (_, html, text) => {
  expect(textOf(html)).toBe(text);
});
