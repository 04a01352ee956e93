// The files that take minutes begin first: two workers are then done at about the same time, on a machine that has never run them as well.
import { BaseSequencer, type TestSpecification } from "vitest/node";

const LONGEST = [
  "site/test/site.test.ts",
  "pipeline/test/fire.test.ts",
  "pipeline/test/command.test.ts",
  "pipeline/commands/erase.test.ts",
  "pipeline/test/repeat.test.ts",
];

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`));
      return found === -1 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
