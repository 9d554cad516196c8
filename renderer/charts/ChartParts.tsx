import { IconCopy, IconLasso, IconMarquee2 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStudio } from "../app/StudioContext.tsx";
import { scaleTicks } from "../color/scaleTicks.ts";
import { IconButton } from "../components/Button.tsx";
import { formatCount } from "../components/formatNumber.ts";
import { MapStrip } from "../panels/MapStrip.tsx";
import { say } from "../state/messageStore.ts";
import { attempt } from "../state/studio.ts";
import { chartStore } from "./chartStore.ts";
import type { ColorKey, ScaleColors } from "./pointColors.ts";
import { anchorAt, ticksWithoutCollisions } from "./tickLabels.ts";

/** Width of the colour bar beside a plot, CSS px. */
const KEY_WIDTH = 152;

function useCopyCsv(text: () => string): () => void {
  const studio = useStudio();
  return () => {
    attempt(studio, "The numbers were not copied", async () => {
      await studio.bridge.copyText(text());
      say(studio.messages, "Copied as CSV");
    });
  };
}

/** Puts the numbers behind a chart on the clipboard. */
export function CopyCsv(props: { readonly text: () => string }): ReactNode {
  const copy = useCopyCsv(props.text);
  return (
    <button type="button" className="button bordered small" onClick={copy}>
      <IconCopy size={14} stroke={1.5} /> Copy CSV
    </button>
  );
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly title: string;
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  return (
    <dl className="chart-facts">
      {facts.map(({ label, value, title }) => (
        <div key={label} title={title}>
          <dt>{label}</dt>
          <dd className="number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function PointKey({ colors }: { readonly colors: ColorKey }): ReactNode {
  return (
    <div className="point-key" role="group" aria-label={`Colours: ${colors.title}`}>
      <p title={colors.title}>{colors.title}</p>
      {colors.kind === "categories" ? (
        <ul>
          {colors.categories.map(({ label, color }) => (
            <li key={label}>
              <span className="key-swatch" style={{ background: color }} aria-hidden="true" />
              {label}
            </li>
          ))}
        </ul>
      ) : (
        <ScaleKey {...colors} />
      )}
    </div>
  );
}

function ScaleKey({ scale, table, signed, nBeyond }: ScaleColors): ReactNode {
  const ticks = scaleTicks(scale, { maxLabels: 4, signed });
  return (
    <>
      <MapStrip table={table} />
      <div className="key-ticks">
        {ticksWithoutCollisions(ticks, KEY_WIDTH).map(({ value, fraction, label }) => (
          <span
            key={value}
            data-anchor={anchorAt(fraction)}
            style={{ left: `${String(100 * fraction)}%` }}
          >
            {label}
          </span>
        ))}
      </div>
      {nBeyond > 0 ? <p>{formatCount(nBeyond)} beyond the ends</p> : null}
    </>
  );
}

/** Over the upper right corner of a plot: how dragging selects, and its numbers. */
export function PlotTools(props: {
  readonly tool: "lasso" | "rectangle";
  readonly csv: () => string;
}): ReactNode {
  const copy = useCopyCsv(props.csv);
  return (
    <div className="plot-tools" role="group" aria-label="Tools of the plot">
      <IconButton
        label="Select with a lasso"
        icon={<IconLasso size={16} stroke={1.5} />}
        pressed={props.tool === "lasso"}
        onClick={() => {
          chartStore.setState({ tool: "lasso" });
        }}
      />
      <IconButton
        label="Select with a rectangle"
        icon={<IconMarquee2 size={16} stroke={1.5} />}
        pressed={props.tool === "rectangle"}
        onClick={() => {
          chartStore.setState({ tool: "rectangle" });
        }}
      />
      <IconButton label="Copy CSV" icon={<IconCopy size={16} stroke={1.5} />} onClick={copy} />
    </div>
  );
}
