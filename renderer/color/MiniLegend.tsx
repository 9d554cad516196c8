import { useLayoutEffect, useRef } from "react";
import { barPixels, legendText, type LegendModel } from "./legendModel.ts";
import { scaleTicks } from "./scaleTicks.ts";

const LENGTH = 64;

/** The range of one panel, small, inside it; what the numbers are is said beside the grid. */
export function MiniLegend({ model }: { readonly model: LegendModel }): React.JSX.Element | null {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { content } = model;
  const table = content.kind === "scale" ? content.table : null;
  useLayoutEffect(() => {
    const target = canvas.current;
    if (target === null || table === null) return;
    const pixels = Math.round(LENGTH * window.devicePixelRatio);
    target.width = pixels;
    target.height = 1;
    const image = new ImageData(barPixels(table, pixels, "horizontal"), pixels, 1);
    target.getContext("2d")?.putImageData(image, 0, 0);
  }, [table]);
  if (content.kind !== "scale") return null;
  const [low, high] = endLabels(content);
  return (
    <div
      className="mini-legend"
      role="img"
      aria-label={legendText(model)}
      data-testid="mini-legend"
    >
      <span>{low}</span>
      <canvas ref={canvas} style={{ width: LENGTH, height: 6, imageRendering: "pixelated" }} />
      <span>{high}</span>
    </div>
  );
}

/** The ends as the ticks of a legend write them. */
function endLabels({
  scale,
  signed,
}: Extract<LegendModel["content"], { kind: "scale" }>): readonly [string, string] {
  const label = (value: number): string => {
    const at = { ...scale, kind: "linear", min: value, max: value } as const;
    const [tick] = scaleTicks(at, { maxLabels: 1, signed });
    return tick?.label ?? String(value);
  };
  return [label(scale.min), label(scale.max)];
}
