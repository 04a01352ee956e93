// Finds a Chromium to look at the built site with, installing one where that is possible. Never skips: a site that
// nobody looked at was not tested.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { LeapError } from "../lib/errors.ts";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: quiet });
}

/** @throws LeapError that says what to install */
export function chromiumPath(): string {
  const found = installedChromium();
  if (found) return found;
  for (const [command, ...args] of installers()) {
    try {
      execFileSync(command as string, args, { stdio: "ignore", timeout: 300_000 });
    } catch {
      // The next way is tried; when none worked, the error below says what to do.
    }
    const installed = installedChromium();
    if (installed) return installed;
  }
  throw new LeapError(
    "missing browser: no Chromium or Chrome found. Install one (Debian: apt-get install chromium; elsewhere: npx playwright-core install chromium) or name it in CHROME_PATH.",
  );
}

function installedChromium(): string | undefined {
  const { CHROME_PATH } = process.env;
  return [
    CHROME_PATH,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    chromium.executablePath(),
  ].find((path) => path && existsSync(path));
}

function installers(): string[][] {
  const root = process.getuid?.() === 0;
  return [
    ...(root && existsSync("/usr/bin/apt-get")
      ? [
          ["apt-get", "update"],
          ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"],
        ]
      : []),
    ["npx", "playwright-core", "install", "chromium"],
  ];
}
