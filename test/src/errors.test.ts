import { expect, test } from "vitest";
import { StudioError, toPlainError } from "../../src/errors.ts";

test("an error keeps its place and remedy as plain data, also when passed on twice", () => {
  const error = new StudioError("INVALID_PROJECT", "found -1", {
    remedy: "Use 0 or more.",
    location: { file: "p.lpr.json", jsonPath: "model.regularizer" },
  });
  const plain = toPlainError(error);
  expect(plain).toEqual({
    code: "INVALID_PROJECT",
    message: "found -1",
    remedy: "Use 0 or more.",
    location: { file: "p.lpr.json", jsonPath: "model.regularizer" },
  });
  expect(toPlainError(plain)).toBe(plain);
});

test("an error of the host with a code of its own is unexpected", () => {
  const error = Object.assign(new Error("no such file"), { code: "ENOENT" });
  expect(toPlainError(error)).toEqual({ code: "INTERNAL", message: "no such file" });
});
