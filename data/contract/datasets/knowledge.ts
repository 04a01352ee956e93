// What analyses may cite beside the posts: our notes on culture, channels, law and calendar, one passage a row.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";
import { topics } from "../knowledge.ts";

export const knowledge = defineDataset("knowledge", {
  title: "Knowledge",
  description:
    "Dated notes on culture, channels, regulation and calendar of each market, in our own words, each with the public source it retells.",
  grain: "One row per edition and passage of a note.",
  key: ["edition", "id"],
  version: "1.0.0",
  limits: [
    "Retold by us: the source decides. Not legal advice.",
    "A note whose check is null was written from the public record and not yet held against its source.",
    "An expired passage stays in the list and is no longer retrieved for anything an edition writes.",
  ],
  columns: {
    edition: c.edition,
    id: c.id(
      "Passage: the note and the heading it stands under, such as `eu-labels#languages`. It is what a sentence cites.",
    ),
    note: c.id("Note the passage is part of."),
    position: c.count("Place of the passage in its note, from 1.", "passages"),
    title: c.text("Title of the note."),
    market: z
      .string()
      .regex(/^([a-z]{2}|all)$/)
      .meta({
        description:
          "Market the note speaks of: ISO 3166-1 alpha-2 in lower case; “eu” is every member state, “all” every market.",
      }),
    topic: z.enum(topics).meta({ description: "What the note is about." }),
    heading: c.text("Heading of the passage; the note's title where it stands before the first heading."),
    text: c.text("The passage: Markdown of paragraphs, lists and links."),
    source_title: c.text("Title of the source."),
    source_url: c.text("Address of the source."),
    source_publisher: c.text("Who published the source."),
    date: c
      .day("Day of the source, or of the state of it that the note tells; null when it bears none.")
      .nullable(),
    checked: c
      .day(
        "Day the note's main facts were last held against its source or public pages that report it; null when nobody has yet.",
      )
      .nullable(),
    valid_until: c
      .day("Last day on which the note may be cited; null when nothing is known to end it.")
      .nullable(),
    expired: c.flag("Whether the last day was over when the edition was made."),
    languages: z
      .array(z.string())
      .meta({ description: "Languages the note is written in and quotes words of, ISO 639-1." }),
  },
});
