// What each creator posts about.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const creatorTopics = defineDataset("creator_topics", {
  title: "Creator topics",
  description: "Terms and brands each registry creator named in 365 days.",
  grain: "One row per edition, creator, kind and topic.",
  key: ["edition", "creator", "kind", "topic"],
  version: "1.0.0",
  limits: ["Named in the caption; what a picture shows is not read."],
  columns: {
    edition: c.edition,
    creator: c.id("Creator."),
    kind: z.enum(["term", "brand", "language", "hashtag"]).meta({ description: "What the topic is." }),
    topic: c.text("Term, brand, language or hashtag."),
    title: c.text("Name for readers."),
    posts: c.count("Posts of 365 days that name it."),
    share: c.ratio("Of the creator's posts."),
    paid_posts: c.count("Of those, disclosed as paid."),
    provenance: c.provenance,
  },
});
