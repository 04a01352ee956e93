// A receipt's folder appears whole or not at all: it is filled under a staging name, receipt.json is written last, then
// one rename puts it in place.
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { LeapError } from "./errors.ts";
import type { Receipt } from "./types.ts";

/**
 * Fills `<bronze>/<id>` through `fill`, which gets the staging folder and returns the receipt. When the folder is there
 * already, its receipt is returned and nothing runs.
 */
export async function withReceipt(
  bronze: string,
  id: string,
  fill: (staging: string) => Promise<Receipt>,
): Promise<Receipt> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id)) throw new LeapError(`invalid receipt: ${id}`);
  const folder = join(bronze, id);
  if (existsSync(join(folder, "receipt.json"))) return readReceipt(folder);
  const staging = join(bronze, `.staging-${id}`);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  try {
    const receipt = await fill(staging);
    const handle = await open(join(staging, "receipt.json"), "w");
    await handle.writeFile(`${JSON.stringify(receipt, null, 2)}\n`);
    await handle.sync();
    await handle.close();
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
    return receipt;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}

export async function readReceipt(folder: string): Promise<Receipt> {
  return JSON.parse(await readFile(join(folder, "receipt.json"), "utf8")) as Receipt;
}
