// Where each SQL or code model lives, for people who follow a number to its source.
import { readdirSync } from "node:fs";
import path from "node:path";
import { repository } from "./publication.ts";

/** Table name → path of its model in the repository; analyses stand under `out.<dataset>`'s analysis folder and are not listed. */
export function modelFiles(root = repository): ReadonlyMap<string, string> {
  const files = ["pipeline/models", "pipeline/sources"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      path.join(folder, file),
    ),
  );
  return new Map(
    files
      .filter((file) => /\.(sql|ts)$/.test(file) && !/\.(check\.sql|test\.ts)$/.test(file))
      .filter((file) => file.endsWith(".sql") || /models\/(intermediate|marts)\//.test(file))
      .sort()
      .map((file) => [path.basename(file).replace(/\.(sql|ts)$/, ""), file]),
  );
}
