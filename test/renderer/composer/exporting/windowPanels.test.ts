import { expect, it } from "vitest";
import { COLOR_TABLES } from "../../../../renderer/color/colorTables.ts";
import { mapContent } from "../../../../renderer/composer/exporting/windowPanels.ts";
import { ATOM_FLAGS } from "../../../../renderer/scene/panelSpec.ts";

const { normal, dimmed, hidden, marked } = ATOM_FLAGS;

it("shows every atom of the panel as it is flagged on screen, and other structures beneath", () => {
  const flags = Uint8Array.of(normal, dimmed, hidden, marked);
  const map = mapContent(
    {
      points: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
      others: [Float32Array.of(8, 9)],
      scalars: Float32Array.of(0, 0.25, 0.5, 0.75),
      table: COLOR_TABLES.viridis,
      flags,
      box: { x0: -1, x1: 9, y0: -2, y1: 10 },
    },
    { x: { label: "across", shortLabel: "x" }, y: { label: "up", shortLabel: "y" } },
  );
  expect([...map.xs]).toEqual([0, 2, 4, 6]);
  expect([...map.ys]).toEqual([1, 3, 5, 7]);
  expect([...(map.scalars ?? [])]).toEqual([0, 0.25, 0.5, 0.75]);
  expect(map.flags).toBe(flags);
  expect(map.beneath?.map(({ xs, ys }) => [[...xs], [...ys]])).toEqual([[[8], [9]]]);
  expect(map.x).toMatchObject({ label: "across", scale: { min: -1, max: 9 } });
  expect(map.y).toMatchObject({ label: "up", scale: { min: -2, max: 10 } });
});
