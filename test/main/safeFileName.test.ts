import { expect, test } from "vitest";
import { safeFileName } from "../../main/safeFileName.ts";

test("what systems forbid in names of files is left out, and a name of nothing else is given one", () => {
  expect(safeFileName('a/b\\c:d*e?"f<g>h|i\nj')).toBe("a-b-c-d-e-f-g-h-i-j");
  expect(safeFileName("..hidden. ")).toBe("hidden");
  expect(safeFileName("???")).toBe("Untitled");
  expect(safeFileName("film.lpr.json")).toBe("film.lpr.json");
});

test("no name is longer than a file system takes, and no character is cut in half", () => {
  for (const character of ["x", "ä", "語", "🙂"]) {
    const name = safeFileName(character.repeat(10_000));
    const bytes = Buffer.byteLength(name);
    expect(bytes).toBeLessThanOrEqual(200);
    expect(bytes).toBeGreaterThan(190);
    expect(name).toMatch(new RegExp(`^(?:${character})+$`, "u"));
  }
});
