import { IconCopy, IconFileExport, IconLasso, IconMarquee2, IconPhoto } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../app/StudioContext.tsx";
import { IconButton } from "../components/Button.tsx";
import { say } from "../state/window/messageStore.ts";
import { attempt } from "../state/studio.ts";
import { chartStore } from "./chartStore.ts";

interface ChartToolsProps {
  /** The numbers behind the chart, in full precision. */
  readonly csv: () => string;
  /** Of the file that is exported, without extension. */
  readonly name: string;
  /** The chart as a PNG; absent for tables. */
  readonly picture?: () => Promise<Uint8Array>;
  /** True where points can be selected with a lasso or a rectangle. */
  readonly selects?: boolean;
  /** `4 selected atoms`, where that is a part of what is shown: said with the copy. */
  readonly part?: string;
  /** The same numbers with tabs between them, for spreadsheets; absent for charts. */
  readonly tsv?: () => string;
}

const ICON = { size: 16, stroke: 1.5 } as const;

/** At the upper right of every chart: how dragging selects, and what can be taken along. */
export function ChartTools(props: ChartToolsProps): ReactNode {
  const studio = useStudio();
  const { csv, name, picture, tsv } = props;
  const tool = useStore(chartStore, (state) => state.tool);
  const part = props.part === undefined ? "" : ` ${props.part}`;
  const copy = (text: () => string, format: string): void => {
    attempt(studio, "The numbers were not copied", async () => {
      await studio.bridge.copyText(text());
      say(studio.messages, `Copied${part} as ${format}`);
    });
  };
  return (
    <div className="chart-tools" role="group" aria-label="Tools of the chart">
      {props.selects === true
        ? (["lasso", "rectangle"] as const).map((one) => (
            <IconButton
              key={one}
              label={`Select with a ${one}`}
              icon={one === "lasso" ? <IconLasso {...ICON} /> : <IconMarquee2 {...ICON} />}
              pressed={tool === one}
              onClick={() => {
                chartStore.setState({ tool: one });
              }}
            />
          ))
        : null}
      {picture === undefined ? null : (
        <IconButton
          label="Copy picture"
          icon={<IconPhoto {...ICON} />}
          onClick={() => {
            attempt(studio, "The picture was not copied", async () => {
              await studio.bridge.copyImage(await picture());
              say(studio.messages, "Picture copied");
            });
          }}
        />
      )}
      <IconButton
        label="Copy CSV"
        icon={<IconCopy {...ICON} />}
        onClick={() => {
          copy(csv, "CSV");
        }}
      />
      {tsv === undefined ? null : (
        <button
          type="button"
          className="button plain small"
          title="With tabs, for spreadsheets"
          onClick={() => {
            copy(tsv, "TSV");
          }}
        >
          TSV
        </button>
      )}
      <IconButton
        label="Export CSV…"
        icon={<IconFileExport {...ICON} />}
        onClick={() => {
          attempt(studio, "The table was not written", async () => {
            const path = await studio.bridge.exportTable({
              csv: csv(),
              suggestedName: `${name}.csv`,
            });
            if (path !== null)
              say(studio.messages, `Exported${part === "" ? "" : `${part} to`} ${path}`);
          });
        }}
      />
    </div>
  );
}
