import { useLayoutEffect, useRef, useState, type CSSProperties } from "react";
import { entryColor, NO_VALUE_COLOR, TABLE_SIZE, UNSELECTED_COLOR } from "./colorTable.ts";
import {
  barPixels,
  countText,
  labelsThatFit,
  legendText,
  type LegendModel,
  type ScaleLegend,
} from "./legendModel.ts";
import { scaleTicks, type ScaleTick } from "./scaleTicks.ts";

type Orientation = "vertical" | "horizontal";

/** Props of `Legend`. */
export interface LegendProps {
  readonly model: LegendModel;
  /** Vertical: fills a column 80 to 96 px wide. Horizontal: fills a bar 48 px high. */
  readonly orientation: Orientation;
  /** False: the colours are explained in the panels; here is what is common to them. */
  readonly hasColors?: boolean;
}

const BAR = 16;
const TRIANGLE = 7;

/** The legend of the panels: the same table entries, the same arithmetic, the counts of both ends. */
export function Legend({ model, orientation, hasColors = true }: LegendProps): React.JSX.Element {
  const isVertical = orientation === "vertical";
  return (
    <div
      role="img"
      aria-label={legendText(model)}
      data-testid="legend"
      style={isVertical ? COLUMN : ROW}
    >
      <div style={isVertical ? undefined : HEADING_ROW}>
        <div style={isVertical ? TITLE : TITLE_ROW}>{model.title}</div>
        {model.unit !== "" && (
          <div className={isVertical ? undefined : "ellipsis"} title={model.unit}>
            {model.unit}
          </div>
        )}
      </div>
      {hasColors && model.content.kind === "scale" && (
        <ScaleBody content={model.content} orientation={orientation} />
      )}
      {model.content.kind === "categories" && (
        <div style={isVertical ? STACK : WRAP}>
          {model.content.categories.map(({ label, color }) => (
            <Swatch key={label} color={color} label={label} isRound={!isVertical} />
          ))}
        </div>
      )}
      <div style={isVertical ? STACK : { display: "flex", gap: 12, marginLeft: "auto" }}>
        <Footer model={model} isVertical={isVertical} />
      </div>
    </div>
  );
}

function Footer({
  model,
  isVertical,
}: {
  readonly model: LegendModel;
  readonly isVertical: boolean;
}): React.JSX.Element {
  const { noValue, notSelected, note } = model;
  const count = (what: string, n: number): string =>
    isVertical ? what : `${what} ${countText(n, "")}`;
  return (
    <>
      {notSelected !== null && (
        <Swatch
          color={UNSELECTED_COLOR}
          opacity={0.5}
          label={count("not selected", notSelected)}
          isRound={!isVertical}
        />
      )}
      <Swatch color={NO_VALUE_COLOR} label={count("no value", noValue)} isRound={!isVertical} />
      {isVertical && noValue > 0 && (
        <div>{countText(noValue, noValue === 1 ? "atom" : "atoms")}</div>
      )}
      {note !== "" && (
        <div style={isVertical ? { paddingTop: 16 } : undefined}>
          {note.split(/(?<=,) /).map((part) => (
            <div key={part}>{part}</div>
          ))}
        </div>
      )}
    </>
  );
}

function ScaleBody({
  content,
  orientation,
}: {
  readonly content: ScaleLegend;
  readonly orientation: Orientation;
}): React.JSX.Element {
  const isVertical = orientation === "vertical";
  const bar = useRef<HTMLDivElement>(null);
  const length = useLength(bar, orientation);
  const ticks = scaleTicks(content.scale, {
    maxLabels: labelsThatFit(length, orientation),
    signed: content.signed,
  });
  const low = <EndMark key="low" content={content} end="low" isVertical={isVertical} />;
  const high = <EndMark key="high" content={content} end="high" isVertical={isVertical} />;
  return (
    <div style={isVertical ? SCALE_COLUMN : SCALE_ROW}>
      {isVertical ? high : low}
      <div ref={bar} style={isVertical ? BAR_COLUMN : BAR_ROW}>
        <ColorBar content={content} orientation={orientation} length={length} />
        {ticks.map((tick) => (
          <Tick key={tick.value} tick={tick} isVertical={isVertical} />
        ))}
      </div>
      {isVertical ? low : high}
    </div>
  );
}

/** Length of the bar in CSS px, kept up to date. */
function useLength(bar: React.RefObject<HTMLDivElement | null>, orientation: Orientation): number {
  const [length, setLength] = useState(0);
  useLayoutEffect(() => {
    const element = bar.current;
    if (element === null) return undefined;
    const measure = (): void => {
      setLength(orientation === "vertical" ? element.clientHeight : element.clientWidth);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => {
      observer.disconnect();
    };
  }, [bar, orientation]);
  return length;
}

function ColorBar({
  content,
  orientation,
  length,
}: {
  readonly content: ScaleLegend;
  readonly orientation: Orientation;
  readonly length: number;
}): React.JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isVertical = orientation === "vertical";
  const { table } = content;
  useLayoutEffect(() => {
    const pixels = Math.round(length * window.devicePixelRatio);
    const target = canvas.current;
    if (target === null || pixels === 0) return;
    const [width, height] = isVertical ? [1, pixels] : [pixels, 1];
    target.width = width;
    target.height = height;
    const image = new ImageData(barPixels(table, pixels, orientation), width, height);
    target.getContext("2d")?.putImageData(image, 0, 0);
  }, [table, length, orientation, isVertical]);
  const size: CSSProperties = isVertical
    ? { width: BAR, height: "100%" }
    : { width: "100%", height: BAR };
  return (
    <canvas
      ref={canvas}
      data-testid="legend-bar"
      data-table={table.id}
      style={{ position: "absolute", imageRendering: "pixelated", ...size }}
    />
  );
}

function Tick({
  tick,
  isVertical,
}: {
  readonly tick: ScaleTick;
  readonly isVertical: boolean;
}): React.JSX.Element {
  const place = `${String(100 * tick.fraction)}%`;
  const reach = tick.label === "" ? 2 : 4;
  const mark: CSSProperties = isVertical
    ? { left: BAR, bottom: place, width: reach, height: 1, marginBottom: -0.5 }
    : { top: BAR, left: place, height: reach, width: 1, marginLeft: -0.5 };
  const text: CSSProperties = isVertical
    ? { left: BAR + 8, bottom: place, transform: "translateY(50%)" }
    : { top: BAR + 5, left: place, transform: "translateX(-50%)" };
  return (
    <>
      <div style={{ position: "absolute", background: "var(--fg-3)", ...mark }} />
      {tick.label !== "" && (
        <div style={{ position: "absolute", whiteSpace: "nowrap", ...labelStyle(tick), ...text }}>
          {tick.label}
        </div>
      )}
    </>
  );
}

function labelStyle(tick: ScaleTick): CSSProperties {
  return tick.isZero ? { color: "var(--fg)", fontWeight: 650 } : { color: "var(--fg-2)" };
}

/** A triangle in the end colour and how many values lie beyond. */
function EndMark({
  content,
  end,
  isVertical,
}: {
  readonly content: ScaleLegend;
  readonly end: "low" | "high";
  readonly isVertical: boolean;
}): React.JSX.Element {
  const isHigh = end === "high";
  const color = entryColor(content.table, isHigh ? TABLE_SIZE - 1 : 0);
  const count = isHigh ? countText(content.over, "over") : countText(content.under, "under");
  const [width, height] = isVertical ? [BAR, TRIANGLE] : [TRIANGLE, BAR];
  const points = isVertical
    ? isHigh
      ? `0,${String(height)} ${String(width)},${String(height)} ${String(width / 2)},0`
      : `0,0 ${String(width)},0 ${String(width / 2)},${String(height)}`
    : isHigh
      ? `0,0 0,${String(height)} ${String(width)},${String(height / 2)}`
      : `${String(width)},0 ${String(width)},${String(height)} 0,${String(height / 2)}`;
  const triangle = (
    <svg width={width} height={height} style={{ display: "block", flex: "none" }}>
      <polygon points={points} fill={color} />
    </svg>
  );
  const outermost = isHigh === isVertical;
  return (
    <div style={isVertical ? END_COLUMN : END_ROW}>
      {outermost ? count : triangle}
      {outermost ? triangle : count}
    </div>
  );
}

function Swatch({
  color,
  label,
  isRound,
  opacity = 1,
}: {
  readonly color: string;
  readonly label: string;
  readonly isRound: boolean;
  readonly opacity?: number;
}): React.JSX.Element {
  const shape: CSSProperties = isRound
    ? { width: 11, height: 11, borderRadius: "50%" }
    : { width: 16, height: 10 };
  return (
    <div style={isRound ? SWATCH_ROW : SWATCH_COLUMN}>
      <span style={{ background: color, opacity, flex: "none", ...shape }} />
      <span style={isRound ? undefined : { minWidth: 0 }}>{label}</span>
    </div>
  );
}

const TEXT: CSSProperties = {
  font: "var(--t-11)",
  color: "var(--fg-3)",
  fontFeatureSettings: '"tnum"',
};
const COLUMN: CSSProperties = {
  ...TEXT,
  display: "flex",
  flexDirection: "column",
  boxSizing: "border-box",
  height: "100%",
  padding: "8px 2px 8px 10px",
  overflowWrap: "break-word",
};
const ROW: CSSProperties = {
  ...TEXT,
  display: "flex",
  alignItems: "flex-start",
  gap: 16,
  boxSizing: "border-box",
  padding: "6px 16px 5px",
  minHeight: 48,
};
const TITLE: CSSProperties = { color: "var(--fg)", fontWeight: 550 };
const TITLE_ROW: CSSProperties = { ...TITLE, flex: "none", whiteSpace: "nowrap" };
/** Gives way when the bar is as short as it may be: a name in the unit may be long. */
const HEADING_ROW: CSSProperties = { display: "flex", gap: 12, flex: "0 1 auto", minWidth: 96 };
const STACK: CSSProperties = { display: "grid", gap: 6, paddingTop: 6 };
const WRAP: CSSProperties = { display: "flex", flexWrap: "wrap", gap: 12 };
const SWATCH_ROW: CSSProperties = {
  display: "flex",
  alignItems: "center",
  gap: 6,
  whiteSpace: "nowrap",
};
/** Long labels wrap: the swatch stays with the first line. */
const SWATCH_COLUMN: CSSProperties = { display: "flex", alignItems: "baseline", gap: 6 };
const SCALE_COLUMN: CSSProperties = {
  display: "flex",
  flexDirection: "column",
  flex: "0 1 440px",
  minHeight: 120,
};
const SCALE_ROW: CSSProperties = {
  display: "flex",
  flex: "1 1 280px",
  gap: 3,
  minWidth: 280,
  maxWidth: 520,
};
const BAR_COLUMN: CSSProperties = { position: "relative", flex: 1, minHeight: 0, margin: "3px 0" };
/** Room below the bar for ticks and their labels, so that the row is as high as what it draws. */
const BAR_ROW: CSSProperties = {
  position: "relative",
  flex: 1,
  minWidth: 0,
  height: BAR,
  marginBottom: 21,
};
const END_COLUMN: CSSProperties = { display: "grid", gap: 3 };
const END_ROW: CSSProperties = { display: "flex", gap: 4, whiteSpace: "nowrap", height: BAR };
