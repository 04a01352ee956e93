import { expect, test } from "vitest";
import { withoutParticles } from "./korean.ts";

test("particles leave a Korean query; other words and short ones stay", () => {
  expect(withoutParticles("선크림을 추천")).toBe("선크림 추천");
  expect(withoutParticles("한국에서는 세럼이")).toBe("한국 세럼");
  expect(withoutParticles("나이 serum 美容液")).toBe("나이 serum 美容液");
});
