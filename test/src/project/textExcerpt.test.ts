import { describe, expect, it } from "vitest";
import type { StudioError } from "../../../src/errors.ts";
import { parseProject } from "../../../src/project/schema.ts";
import { textExcerpt } from "../../../src/project/textExcerpt.ts";

describe("lines around a place", () => {
  it("are two before it and one after it, as far as there are any", () => {
    const text = "a\nb\nc\r\n\td\ne\nf";
    expect(textExcerpt(text, 4)).toEqual([
      { line: 2, text: "b" },
      { line: 3, text: "c" },
      { line: 4, text: "  d" },
      { line: 5, text: "e" },
    ]);
    expect(textExcerpt(text, 1).map(({ line }) => line)).toEqual([1, 2]);
    expect(textExcerpt(text, 6).map(({ line }) => line)).toEqual([4, 5, 6]);
  });

  it("show the place also in a line of megabytes", () => {
    const text = `${"x".repeat(1_000_000)}!${"y".repeat(1_000_000)}`;
    const [only, ...others] = textExcerpt(text, 1, 1_000_001);
    expect(others).toEqual([]);
    expect(only?.text).toMatch(/^…x{59}!y+…$/u);
    expect(only?.text.length).toBeLessThan(170);
    expect(textExcerpt(text, 1)[0]?.text).toMatch(/^x{160}…$/u);
  });
});

describe("a broken project file", () => {
  const failure = (text: string): StudioError => {
    try {
      parseProject(text, { fileName: "p.lpr.json" });
    } catch (error) {
      return error as StudioError;
    }
    throw new Error("the project was read");
  };

  it.each([
    ["cut off", '{\n  "version": 1,\n  "datasets": {', 3, /cut off: take a copy/],
    ["a missing comma", '{\n  "version": 1\n  "datasets": {}\n}', 3, /text editor/],
    [
      "a wrong value",
      '{\n  "version": 1,\n  "datasets": { "a": { "path": 3 } }\n}',
      3,
      /text editor/,
    ],
  ])("says where, shows the lines and says what to do: %s", (_, text, line, remedy) => {
    const error = failure(text);
    expect(error.location).toMatchObject({ file: "p.lpr.json", line });
    const shown = error.location?.excerpt?.find((one) => one.line === line)?.text;
    expect(shown).toBe(text.split("\n")[line - 1]);
    expect(error.remedy).toMatch(remedy);
  });
});
