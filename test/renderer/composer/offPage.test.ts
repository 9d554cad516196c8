import { expect, it } from "vitest";
import { offPageWarnings } from "../../../renderer/composer/offPage.ts";
import type { FigureElement } from "../../../src/project/figure.ts";

function textAt(x: number, y: number, hidden = false): FigureElement {
  return { kind: "text", id: "t", frame: { x, y, width: 20, height: 10 }, text: "Words", hidden };
}

function warningsOf(...elements: readonly FigureElement[]): readonly string[] {
  return offPageWarnings({ name: "F", page: { width: 100, height: 60 }, elements }, []);
}

it("elements beyond the page are told of, those within its edges and hidden ones are not", () => {
  expect(warningsOf(textAt(0, 0), textAt(80, 50), textAt(80.04, 50))).toEqual([]);
  expect(warningsOf(textAt(81, 50), textAt(-1, 0))).toEqual([
    "“Words” reaches beyond the edge of the page.",
    "“Words” reaches beyond the edge of the page.",
  ]);
  for (const outside of [textAt(100, 0), textAt(0, 60), textAt(-20, 0), textAt(0, -10)]) {
    expect(warningsOf(outside)).toEqual(["“Words” lies outside the page and is not in the file."]);
  }
  expect(warningsOf(textAt(200, 200, true))).toEqual([]);
});
