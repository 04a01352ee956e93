// Looks at the columns of a file and proposes where each field of a post stands, with a reason and how sure it is.
import { LeapError } from "../../core/errors.ts";
import type { Sample } from "../../core/lines-sample.ts";
import { Draft, type Placed, type Wishes } from "./draft.ts";
import { AccountMapping, PostMapping } from "./mapping.ts";
import { PRESETS } from "./presets/all.ts";
import { placeMarket, placePlatform } from "./propose-places.ts";
import { refuseAccountsWithoutDate, refuseUnlessPosts } from "./propose-refusals.ts";
import { shapeOf } from "./shapes.ts";

export interface Proposal {
  readonly thing: "posts" | "accounts";
  readonly preset: string;
  readonly mapping: Record<string, Record<string, unknown>>;
  readonly placed: readonly Placed[];
  /** Columns that no field takes. */
  readonly unplaced: readonly string[];
  /** What a person should check. */
  readonly doubts: readonly string[];
}

/** Proposes the mapping of files that have the same columns. Throws a LeapError when the rows are neither posts nor accounts. */
export function propose(sample: Sample, files: readonly string[], wishes: Wishes): Proposal {
  const shapes = new Map(
    sample.columns.map(
      (column) => [column, shapeOf(column, sample.records, Date.parse(wishes.importedAt))] as const,
    ),
  );
  const draft = new Draft(files, shapes, wishes);
  for (const [field, column] of Object.entries(wishes.map)) draft.placeByHand(field, column);
  const preset = PRESETS.find((candidate) =>
    candidate.columns.every((one) =>
      typeof one === "string" ? shapes.has(one) : one.some((name) => shapes.has(name)),
    ),
  );
  if (preset) draft.placePreset(preset.title, preset.mapping as Record<string, Record<string, unknown>>);
  else draft.placeByNames();
  placeMarket(draft);
  placePlatform(draft);
  if (draft.isAboutAccounts()) {
    draft.becomeAccounts();
    refuseAccountsWithoutDate(draft);
  } else {
    refuseUnlessPosts(draft);
    draft.placeId();
  }
  const checked = (draft.thing === "posts" ? PostMapping : AccountMapping).safeParse(draft.mapping);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new LeapError(
      `invalid mapping: ${issue?.path.join(".")}: ${issue?.message}. Fields: ${Object.keys(PostMapping.shape).join(", ")}.`,
    );
  }
  return {
    thing: draft.thing,
    preset: preset?.id ?? "generic",
    mapping: draft.mapping,
    placed: draft.placed,
    unplaced: sample.columns.filter((column) => !draft.used.has(column)),
    doubts: draft.doubts,
  };
}
