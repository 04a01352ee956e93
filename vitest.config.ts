import { defineConfig } from "vitest/config";
import LongestFirst from "./pipeline/test/longest-first.ts";

export default defineConfig({
  test: {
    include: ["data/**/*.test.ts", "pipeline/**/*.test.ts", "prompts/**/*.test.ts", "site/**/*.test.ts"],
    globalSetup: "./pipeline/test/scratch.ts",
    reporters: ["default", "./pipeline/test/closing-line.ts"],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // What an operator fitted on this machine must not decide whether tests pass, and no test may spend somebody's money.
    env: {
      LEAP_WEIGHTS: "shipped",
      OPENAI_API_KEY: "",
      ANTHROPIC_API_KEY: "",
      LEAP_MODEL_SMALL: "",
      LEAP_MODEL_LARGE: "",
    },
    expect: { requireAssertions: true },
  },
});
