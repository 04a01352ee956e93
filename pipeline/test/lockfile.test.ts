// `npm ci` refuses a lock file that leaves out a platform's optional package, and a registry that lacks one makes `npm install` leave it out.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../../package-lock.json"), "utf8"),
) as {
  packages: Readonly<Record<string, Entry>>;
};

test("the lock file names every platform's optional packages, so that npm ci works on all of them", () => {
  const missing = Object.entries(lock.packages).flatMap(([parent, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(
        ([name]) =>
          !lock.packages[`node_modules/${name}`] && !lock.packages[`${parent}/node_modules/${name}`],
      )
      .map(
        ([name, version]) => `add node_modules/${name} ${version} with "optional": true, its "os" and "cpu"`,
      ),
  );
  expect(missing).toEqual([]);
});

test("the lock file names no registry", () => {
  expect(Object.values(lock.packages).filter((entry) => entry.resolved)).toEqual([]);
});
