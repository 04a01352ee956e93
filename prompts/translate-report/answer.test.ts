import { expect, test } from "vitest";
import { task } from "./answer.ts";

const source = [
  {
    id: "s",
    template:
      "Aurelle leads in Germany with {share_of_voice:de:aurelle|cipct}; {'PDRN'} coincides with Black Friday.",
  },
];
const check = (template: string, language: "de" | "fr" | "ja" | "ko" = "de", id = "s") =>
  task.check(
    { sentences: [{ id, template }] },
    { language, names: ["Aurelle", "Black Friday"], sentences: source },
  );

test("placeholders may change their order, and nothing else of them", () => {
  expect(
    check(
      "{'PDRN'} fällt mit dem Black Friday zusammen; Aurelle führt in Deutschland mit {share_of_voice:de:aurelle|cipct}.",
    ),
  ).toBeNull();
});

test.each([
  ["its placeholders", "Aurelle führt in Deutschland; {'PDRN'} fällt mit dem Black Friday zusammen."],
  [
    "its placeholders",
    "Aurelle führt mit {share_of_voice:de:aurelle|pct}; {'PDRN'} fällt mit dem Black Friday zusammen.",
  ],
  [
    "its placeholders",
    "Aurelle führt mit {share_of_voice:de:aurelle|cipct}; {'PDRN'} und {'Glow'} am Black Friday.",
  ],
  [
    "its placeholders",
    "Aurelle führt mit {share_of_voice:de:aurelle|cipct} und {share_of_voice:de:aurelle|cipct}; {'PDRN'} am Black Friday.",
  ],
  ["digit", "Aurelle führt mit {share_of_voice:de:aurelle|cipct}, also 21; {'PDRN'} am Black Friday."],
  [
    "name of the source is missing",
    "Die Marke führt mit {share_of_voice:de:aurelle|cipct}; {'PDRN'} am Black Friday.",
  ],
  ["not translated", source[0]?.template as string],
  [
    "name that was not sent",
    "Aurelle führt vor GLOWDORA mit {share_of_voice:de:aurelle|cipct}; {'PDRN'} am Black Friday.",
  ],
  [
    "far longer",
    `Aurelle führt ${"sehr ".repeat(200)}mit {share_of_voice:de:aurelle|cipct}; {'PDRN'} am Black Friday.`,
  ],
])("refused, because of %s: %s", (complaint, template) => {
  expect(check(template)).toContain(complaint);
});

test("the language asked for is the language written", () => {
  const german = "Aurelle führt mit {share_of_voice:de:aurelle|cipct}; {'PDRN'} am Black Friday.";
  expect(check(german, "ko")).toContain("language");
  expect(check(german, "ja")).toContain("language");
});

test("every sentence is answered once, and no other", () => {
  expect(check("Aurelle.", "de", "t")).toContain("not those that were sent");
  expect(
    task.check(
      {
        sentences: [
          { id: "s", template: "Eins." },
          { id: "s", template: "Zwei." },
        ],
      },
      { language: "de", names: [], sentences: source },
    ),
  ).toContain("twice");
});

test("an empty sentence stays empty, and one of names alone stays as it is", () => {
  const ask = (template: string, given: string) =>
    task.check(
      { sentences: [{ id: "s", template: given }] },
      { language: "ja", names: ["Aurelle"], sentences: [{ id: "s", template }] },
    );
  expect(ask("", "")).toBeNull();
  expect(ask("", "空")).not.toBeNull();
  expect(ask("Aurelle", "Aurelle")).toBeNull();
});
