// Every preset, the more particular ones first.
import * as fourCat from "./4cat.ts";
import * as apify from "./apify.ts";
import * as crowdtangle from "./crowdtangle.ts";
import type { Preset } from "./preset.ts";
import * as youtube from "./youtube.ts";
import * as zeeschuimer from "./zeeschuimer.ts";

export const PRESETS: readonly Preset[] = [fourCat, zeeschuimer, apify, crowdtangle, youtube].flatMap(
  (file) => file.presets,
);
