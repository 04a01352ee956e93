// Every byte that a folder holds, for tests that look for what must not be there.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const everyByte = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), "latin1"))
    .join("\n");
