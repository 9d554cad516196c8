import { describe, expect, it } from "vitest";
import {
  OffscreenContext,
  type OffscreenGraphics,
} from "../../../renderer/scene/offscreenContext.ts";
import type { PanelSpec } from "../../../renderer/scene/panelSpec.ts";

/** What a context does with a picture: draws it, leaves it empty, or is gone when it is read. */
type Fate = "drawn" | "empty" | "lost";

/** Contexts that draw opaque black, each picture with the next fate. */
function graphicsCard(...fates: readonly Fate[]) {
  const waiting = [...fates];
  const made: { panels: readonly PanelSpec[]; isLost: boolean; isFreed: boolean }[] = [];
  const create = (): OffscreenGraphics => {
    const own = { panels: [] as readonly PanelSpec[], isLost: false, isFreed: false };
    made.push(own);
    const renderer = {
      setRenderTarget: () => undefined,
      readRenderTargetPixels: (...args: readonly unknown[]) => {
        const fate = waiting.shift() ?? "drawn";
        if (fate === "lost") own.isLost = true;
        if (fate === "drawn") fillBlack(args[5] as Uint8Array);
      },
      getContext: () => ({ isContextLost: () => own.isLost }),
      dispose: () => undefined,
      forceContextLoss: () => {
        own.isFreed = true;
      },
    };
    const scene = {
      setPanels: (panels: readonly PanelSpec[]) => {
        own.panels = panels;
      },
      dispose: () => undefined,
    };
    const target = { setSize: () => undefined, dispose: () => undefined };
    return { renderer, scene, target } as unknown as OffscreenGraphics;
  };
  return { create, made };
}

function fillBlack(pixels: Uint8Array): void {
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
}

const PANELS = [{ id: "film" }] as unknown as readonly PanelSpec[];
const BLACK = new Uint8Array(4 * 2 * 3);
fillBlack(BLACK);

/** The picture and on which contexts it was drawn, counted from 0. */
function read(context: OffscreenContext, made: readonly unknown[]) {
  const drawnOn: number[] = [];
  const pixels = context.read(2, 3, () => {
    drawnOn.push(made.length - 1);
  });
  return { pixels, drawnOn };
}

describe("a picture drawn outside the window", () => {
  it("is drawn once on a context that lasts, also when it is black all over", () => {
    const { create, made } = graphicsCard();
    const context = new OffscreenContext(create);
    context.setPanels(PANELS);
    expect(read(context, made)).toEqual({ pixels: BLACK, drawnOn: [0] });
    expect(read(context, made).drawnOn).toEqual([0]);
    expect(made).toEqual([{ panels: PANELS, isLost: false, isFreed: false }]);
  });

  it.each(["empty", "lost"] as const)(
    "that a reset left %s is drawn again on a context of its own, with the same panels",
    (fate) => {
      const { create, made } = graphicsCard("drawn", fate);
      const context = new OffscreenContext(create);
      context.setPanels(PANELS);
      read(context, made);
      expect(read(context, made)).toEqual({ pixels: BLACK, drawnOn: [0, 1] });
      expect(made.map(({ isFreed }) => isFreed)).toEqual([true, false]);
      expect(made[1]?.panels).toBe(PANELS);
    },
  );

  it("is not drawn on a context that was lost after the last one", () => {
    const { create, made } = graphicsCard();
    const context = new OffscreenContext(create);
    read(context, made);
    if (made[0] !== undefined) made[0].isLost = true;
    expect(read(context, made).drawnOn).toEqual([1]);
  });

  it("that no context lasts for is given up with what to do", () => {
    const { create, made } = graphicsCard("lost", "empty", "lost", "drawn");
    const context = new OffscreenContext(create);
    expect(() => read(context, made)).toThrow(
      expect.objectContaining({
        code: "WORKER_LOST",
        remedy: expect.stringContaining("Try again") as unknown,
      }),
    );
    expect(made).toHaveLength(3);
    expect(read(context, made)).toEqual({ pixels: BLACK, drawnOn: [3] });
  });
});
