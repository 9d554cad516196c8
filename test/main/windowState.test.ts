import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readWindowState, stepBeside, writeWindowState } from "../../main/windowState.ts";

const folder = mkdtempSync(join(tmpdir(), "lpr-window-"));
const path = join(folder, "window.json");
const display = { x: 0, y: 0, width: 1920, height: 1080 };
const standard = { bounds: { width: 1440, height: 900 }, maximized: false };

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the window's place", () => {
  it("comes back as it was left", () => {
    const bounds = { x: 100, y: 50, width: 1200, height: 800 };
    writeWindowState(path, bounds, true);
    expect(readWindowState(path, [display])).toEqual({ bounds, maximized: true });
  });

  it("is the standard one when its display is gone", () => {
    writeWindowState(path, { x: 5000, y: 50, width: 1200, height: 800 }, false);
    expect(readWindowState(path, [display])).toEqual(standard);
  });

  it("is the standard one when the file is damaged, or smaller than the layout allows", () => {
    writeFileSync(path, "{");
    expect(readWindowState(path, [display])).toEqual(standard);
    writeWindowState(path, { x: 0, y: 0, width: 10, height: 10 }, false);
    expect(readWindowState(path, [display])).toEqual(standard);
  });
});

describe("a window beside another", () => {
  it("is a step away, and returns to the corner where the screen ends", () => {
    const at = (x: number, y: number) => ({ x, y, width: 1440, height: 900 });
    expect(stepBeside(at(10, 20), display)).toEqual(at(38, 48));
    expect(stepBeside(at(470, 100), display)).toEqual(at(0, 128));
    expect(stepBeside(at(10, 170), display)).toEqual(at(38, 0));
  });
});
