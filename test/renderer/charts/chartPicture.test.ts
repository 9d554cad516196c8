/** A picture is whole, or there is none. */
import { afterEach, expect, test, vi } from "vitest";
import { chartPng } from "../../../renderer/charts/chartPicture.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("without a canvas for the chart itself there is no picture", async () => {
  let made = 0;
  const context = { fillRect: () => undefined };
  class OneCanvas {
    getContext(): unknown {
      made += 1;
      return made === 1 ? context : null;
    }
  }
  vi.stubGlobal("OffscreenCanvas", OneCanvas);
  const draw = vi.fn();
  const picture = chartPng({
    title: "LPR",
    width: 400,
    height: 200,
    theme: { background: "white", foreground: "black" } as never,
    key: { kind: "lines", lines: [] },
    draw,
  });
  await expect(picture).rejects.toMatchObject({ code: "INTERNAL" });
  expect(draw).not.toHaveBeenCalled();
});
