// A taxonomy as its file says it.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { LeapError } from "../../core/errors.ts";

/** Throws LeapError when data/reference/taxonomy has no such file. */
export function readYaml(id: string): unknown {
  try {
    return parse(
      readFileSync(new URL(`../../../data/reference/taxonomy/${id}.yaml`, import.meta.url), "utf8"),
    );
  } catch (cause) {
    throw new LeapError(
      `unknown taxonomy: ${id}. There is no readable data/reference/taxonomy/${id}.yaml (${String(cause)}).`,
    );
  }
}
