import { IconCopy, IconTerminal2, IconVector } from "@tabler/icons-react";
import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { Button, IconButton } from "../../components/Button.tsx";
import { Segmented } from "../../components/Controls.tsx";
import { NumberField, within } from "../../components/NumberField.tsx";
import { ProgressBar, wholePercent } from "../../components/ProgressBar.tsx";
import { RESOLUTION_LIMITS, type FigureFormat } from "../../../src/contract/figures.ts";
import { runningJob } from "../../state/results/jobStore.ts";
import { requestCancel } from "../../state/results/engineJob.ts";
import { attempt } from "../../state/studio.ts";
import { exportSummary } from "./exportSummary.ts";
import { exportedFormats } from "../composerStore.ts";
import { FigureNotes } from "../FigureNotes.tsx";
import type { FigurePage } from "../artboard/useFigurePage.ts";

const FORMATS: readonly { readonly value: FigureFormat; readonly label: string }[] = [
  { value: "pdf", label: "PDF" },
  { value: "svg", label: "SVG" },
  { value: "png", label: "PNG" },
  { value: "tiff", label: "TIFF" },
];

/** Format, resolution, what the file will be, and the buttons that make it. */
export function ExportBar({ page }: { readonly page: FigurePage }): ReactNode {
  const { studio, run } = useStudioContext();
  const { format, alsoFormats, dotsPerInch } = useStore(studio.composer);
  const { composed } = page;
  const summary = useMemo(
    () => exportSummary(composed, exportedFormats({ format, alsoFormats }), dotsPerInch),
    [composed, format, alsoFormats, dotsPerInch],
  );
  const job = useStore(studio.jobs, (state) => runningJob(state, "figure"));
  const { min, max } = RESOLUTION_LIMITS;
  return (
    <footer className="export-bar" aria-label="Export">
      <Segmented
        label="Format"
        value={format}
        options={FORMATS}
        onChange={(value) => {
          studio.composer.setState({ format: value });
        }}
      />
      <span className="dpi-field">
        <NumberField
          label="Resolution"
          unit="dpi"
          step={50}
          value={dotsPerInch}
          check={within(min, max, "dpi")}
          onChange={(value) => {
            studio.composer.setState({ dotsPerInch: Math.round(value) });
          }}
        />
      </span>
      <p className="export-summary" data-testid="export-summary">
        {job === null ? (
          <>
            <span className="ellipsis" title={summary.content}>
              {summary.content}
            </span>
            <span className="ellipsis" title={summary.size}>
              {summary.size}
            </span>
          </>
        ) : (
          <ExportProgress stage={job.stage} fraction={job.fraction} />
        )}
      </p>
      <FigureNotes page={page} />
      <IconButton
        label="Copy the page as SVG, for programs that draw vectors"
        icon={<IconVector size={16} stroke={1.5} />}
        disabled={job !== null}
        onClick={() => {
          run("figure.copySvg");
        }}
      />
      <IconButton
        label="Copy the command line that draws this figure"
        icon={<IconTerminal2 size={16} stroke={1.5} />}
        onClick={() => {
          run("figure.copyCommand");
        }}
      />
      <Button
        disabled={job !== null}
        onClick={() => {
          run("figure.copyImage");
        }}
      >
        <span className="copy-face" title="Copy the page as an image, Ctrl Shift C">
          <IconCopy size={16} stroke={1.5} />
          <span className="copy-label">Copy image</span>
        </span>
      </Button>
      {job === null ? (
        <Button
          look="primary"
          onClick={() => {
            run("figure.export");
          }}
        >
          {exportLabel(exportedFormats({ format, alsoFormats }))}
        </Button>
      ) : (
        <CancelExport job={job.id} />
      )}
    </footer>
  );
}

/** `Export PDF`, `Export PDF + SVG`, `Export PDF + 2 more`. */
function exportLabel([first, second, ...rest]: readonly FigureFormat[]): string {
  const name = `Export ${(first ?? "pdf").toUpperCase()}`;
  if (second === undefined) return name;
  const more = rest.length === 0 ? second.toUpperCase() : `${String(rest.length + 1)} more`;
  return `${name} + ${more}`;
}

function ExportProgress(props: { readonly stage: string; readonly fraction: number }): ReactNode {
  const percent = wholePercent(props.fraction);
  return (
    <>
      <span className="ellipsis">
        {props.stage}, {percent} %
      </span>
      <ProgressBar label="Export" percent={percent} />
    </>
  );
}

function CancelExport({ job }: { readonly job: string }): ReactNode {
  const studio = useStudio();
  return (
    <Button
      onClick={() => {
        attempt(studio, "The export could not be stopped", () => requestCancel(studio, job));
      }}
    >
      Cancel
    </Button>
  );
}
