// The preview shows the site and nothing else on the machine.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve } from "./preview.ts";

const folder = mkdtempSync(join(tmpdir(), "preview-"));
mkdirSync(join(folder, "site/markets/de"), { recursive: true });
writeFileSync(join(folder, "site/markets/de/index.html"), "Germany");
writeFileSync(join(folder, "site/404.html"), "not here");
writeFileSync(join(folder, "secret.txt"), "secret");
const server = serve(join(folder, "site"));

beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

// fetch() would tidy the path away before it is sent.
const ask = (path: string) =>
  new Promise<{ status: number | undefined; text: string; location: string | undefined }>((done, fail) => {
    get({ host: "127.0.0.1", port: (server.address() as AddressInfo).port, path }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        done({ status: response.statusCode, text, location: response.headers.location }),
      );
    }).on("error", fail);
  });

test("a folder's page is at its address with a slash", async () => {
  expect(await ask("/markets/de/")).toMatchObject({ status: 200, text: "Germany" });
  expect(await ask("/markets/de")).toMatchObject({ status: 301, location: "/markets/de/" });
});

test("an unknown address gets the site's own 404", async () => {
  expect(await ask("/nope/")).toMatchObject({ status: 404, text: "not here" });
});

for (const path of ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%00", "/%zz"])
  test(`${path} leads nowhere`, async () => {
    expect((await ask(path)).text).toBe("not here");
  });
