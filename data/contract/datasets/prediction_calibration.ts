// How often the predicted band held, edition by edition.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const predictionCalibration = defineDataset("prediction_calibration", {
  title: "Calibration of predictions",
  description:
    "Posts published since a prediction, and how many of them fell inside the band that eight in ten should fall into; of the last eight editions, and of a back-test.",
  grain: "One row per edition, creator and prediction that was held against what came.",
  key: ["edition", "creator", "of_edition"],
  version: "1.0.0",
  limits: [
    "Unpaid posts with visible counts in a format that was predicted.",
    "The band should hold eight posts in ten; of ten posts, between five and ten inside are no surprise.",
  ],
  columns: {
    edition: c.edition,
    creator: c.id("Creator; “all” pools them."),
    market: c.market,
    of_edition: c.text(
      "Edition whose published predictions are judged; “back-test” for models fitted on what was known before each fortnight of the last eight weeks and judged by that fortnight.",
    ),
    kind: z.enum(["published", "back-test"]).meta({
      description:
        "published: the very rows an edition printed. back-test: a fit made later on what was known then.",
    }),
    posts: c.count("Posts published since."),
    inside: c.count("Of them, posts between p10 and p90."),
    below: c.count("Of them, posts under p10."),
    above: c.count("Of them, posts over p90."),
    provenance: c.provenance,
  },
});
