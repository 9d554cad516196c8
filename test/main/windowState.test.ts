import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  readWindowState,
  rescueBounds,
  stepBeside,
  writeWindowState,
} from "../../main/windowState.ts";

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

  it("is kept on any of several displays, also left of and above the first", () => {
    const left = { x: -2560, y: -300, width: 2560, height: 1440 };
    const bounds = { x: -2500, y: -250, width: 1200, height: 800 };
    expect(rescueBounds(bounds, [display, left])).toEqual(bounds);
    // Half on each is fine, too.
    const between = { ...bounds, x: -600, y: 10 };
    expect(rescueBounds(between, [display, left])).toEqual(between);
  });

  it("is moved into the nearest display when its own is gone", () => {
    writeWindowState(path, { x: 5000, y: 50, width: 1200, height: 800 }, false);
    expect(readWindowState(path, [display]).bounds).toEqual({
      ...{ x: 720, y: 50, width: 1200, height: 800 },
    });
    const right = { x: 1920, y: 0, width: 1280, height: 720 };
    expect(rescueBounds({ x: 5000, y: 50, width: 1600, height: 1000 }, [display, right])).toEqual(
      right,
    );
  });

  it("is moved when its title bar is out of reach although the rest is seen", () => {
    const rest = { x: 100, width: 1200, height: 800 };
    expect(rescueBounds({ ...rest, y: -40 }, [display])).toEqual({ ...rest, y: 0 });
    expect(rescueBounds({ ...rest, y: 1070 }, [display])).toEqual({ ...rest, y: 280 });
    expect(rescueBounds({ ...rest, x: -1100, y: 10 }, [display])).toEqual({ ...rest, x: 0, y: 10 });
    expect(rescueBounds({ ...rest, y: 0 }, [])).toBeNull();
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
