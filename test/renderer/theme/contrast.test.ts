import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseColor } from "../../../renderer/color/colorTable.ts";

const css = readFileSync(new URL("../../../renderer/theme/tokens.css", import.meta.url), "utf8");

/** Colours of a theme by their names. */
function tokensOf(theme: "dark" | "light"): ReadonlyMap<string, string> {
  const from = css.indexOf(`[data-theme="${theme}"] {`);
  const block = css.slice(from, css.indexOf("\n}", from));
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((found) => [found[1]!, found[2]!]),
  );
}

/** WCAG 2.2, relative luminance. */
function luminance(color: string): number {
  const [r, g, b] = parseColor(color).map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

/** Text on every surface it is written on. */
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ["fg", ["bg-view", "bg-app", "bg-raise", "bg-hover", "bg-press", "accent-bg", "bad-bg"]],
  ["fg-2", ["bg-view", "bg-app", "bg-raise", "bg-hover", "bg-press", "accent-bg", "bad-bg"]],
  ["fg-3", ["bg-view", "bg-app", "bg-raise"]],
  ["accent", ["bg-view", "bg-app", "bg-raise", "accent-bg"]],
  ["on-accent", ["accent-fill"]],
  ["bad", ["bg-app", "bg-raise", "bad-bg"]],
  ["warn", ["bg-app", "bg-raise", "warn-bg"]],
  ["ok", ["bg-app"]],
];

/** Borders of controls and lines of charts. */
const LINES: readonly (readonly [string, readonly string[]])[] = [
  ["line-ctl", ["bg-view", "bg-app", "bg-raise"]],
  ["c-base", ["bg-view", "bg-app"]],
  ["c-v1", ["bg-view", "bg-app"]],
  ["c-v2", ["bg-view", "bg-app"]],
  ["c-v3", ["bg-view", "bg-app"]],
];

/** The ring of the focus and all that it can lie on; a filled button has a gap of the ground around it. */
const RINGS: readonly (readonly [string, readonly string[]])[] = [
  ["accent", ["bg-view", "bg-app", "bg-raise", "bg-hover", "bg-press", "accent-bg", "bad-bg"]],
];

describe.each(["dark", "light"] as const)("contrast in the %s theme", (theme) => {
  const tokens = tokensOf(theme);
  const worst = (pairs: typeof TEXT, least: number): readonly string[] =>
    pairs.flatMap(([ink, grounds]) =>
      grounds.flatMap((ground) => {
        const ratio = contrast(tokens.get(ink)!, tokens.get(ground)!);
        return ratio >= least ? [] : [`${ink} on ${ground}: ${ratio.toFixed(2)}`];
      }),
    );

  it("is at least 4.5 for text on the surfaces it is written on", () => {
    expect(worst(TEXT, 4.5)).toEqual([]);
  });

  it("is at least 3 for control borders and chart lines", () => {
    expect(worst(LINES, 3)).toEqual([]);
  });

  it("is at least 3 for the ring of the focus, whatever it lies on", () => {
    expect(worst(RINGS, 3)).toEqual([]);
  });
});
