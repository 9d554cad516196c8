import { IconChevronDown } from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import { useEffect, type ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio, useStudioContext } from "../app/StudioContext.tsx";
import { Button } from "../components/Button.tsx";
import { isCommandEnabled } from "../state/window/commandActions.ts";
import { Artboard } from "./artboard/Artboard.tsx";
import { createFigure } from "./composerActions.ts";
import type { ElementState } from "./elementStates.ts";
import { ComposerBar } from "./ComposerBar.tsx";
import { copyOpenFigure } from "./exporting/exportFigure.ts";
import { ExportBar } from "./exporting/ExportBar.tsx";
import { emptyFigure } from "./edits/newFigures.ts";
import { listTargets } from "../state/project/targets.ts";
import { offPageWarnings } from "./offPage.ts";
import { PresetItems } from "./outline/PresetItems.tsx";
import { StaleStrip } from "./StaleStrip.tsx";
import { VisionStrip } from "./VisionStrip.tsx";
import { useFigurePage, useOpenFigure, type FigurePage } from "./artboard/useFigurePage.ts";
import type { ShownRange } from "./artboard/shownRanges.ts";

/** The Figure workspace: tools, the page, and what becomes of it. */
export function FigureView(): ReactNode {
  const figure = useOpenFigure();
  return (
    <section className="view figure-view" data-region tabIndex={-1} aria-label="Figure">
      {figure === null ? <NoFigure /> : <OpenFigure />}
    </section>
  );
}

function OpenFigure(): ReactNode {
  const figure = useOpenFigure();
  const page = useFigurePage();
  useViewCommands();
  useReport(page);
  return (
    <>
      <ComposerBar />
      {figure === null ? null : <StaleStrip figure={figure} />}
      {page === null ? null : <VisionStrip page={page} />}
      {page === null ? <p className="view-empty">Reading fonts</p> : <Artboard page={page} />}
      {page === null ? null : <ExportBar page={page} />}
    </>
  );
}

/** Fit means the page here, and the image is that of the figure. */
function useViewCommands(): void {
  const { studio, viewsRef } = useStudioContext();
  useEffect(() => {
    const { current } = viewsRef;
    viewsRef.current = {
      ...current,
      fit: () => {
        studio.composer.setState({ zoom: "fit" });
      },
      copyImage: () => copyOpenFigure(studio),
    };
    return () => {
      viewsRef.current = current;
    };
  }, [studio, viewsRef]);
}

/** What should be mended is shown in the inspector, too. */
function useReport(page: FigurePage | null): void {
  const studio = useStudio();
  const warnings = page?.composed.warnings;
  const remarks = page?.composed.remarks;
  const states = page?.states;
  const ranges = page?.ranges;
  const figure = page?.figure;
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  useEffect(() => {
    studio.composer.setState({
      warnings: [
        ...(figure === undefined ? [] : offPageWarnings(figure, listTargets(document, summaries))),
        ...(warnings ?? []),
      ],
      remarks: remarks ?? [],
      states: states ?? new Map<string, ElementState>(),
      ranges: ranges ?? new Map<string, ShownRange>(),
    });
  }, [studio, figure, document, summaries, warnings, remarks, states, ranges]);
}

/** A start: the grid as it is, a figure after the paper, or an empty page. */
function NoFigure(): ReactNode {
  const { studio, run } = useStudioContext();
  useStore(studio.project);
  return (
    <div className="no-figure">
      <h2>No figure yet</h2>
      <p>A figure puts panels, maps, charts and legends on a page in millimetres.</p>
      <div className="button-row">
        <Button
          look="primary"
          disabled={!isCommandEnabled(studio, "figure.fromGrid")}
          onClick={() => {
            run("figure.fromGrid");
          }}
        >
          New figure from the grid
        </Button>
        <DropdownMenu.Root>
          <DropdownMenu.Trigger className="button bordered normal">
            After the paper <IconChevronDown size={14} stroke={1.5} />
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content
              className="menu"
              align="start"
              sideOffset={4}
              collisionPadding={8}
            >
              <PresetItems />
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
        <Button
          onClick={() => {
            createFigure(studio, emptyFigure("two-columns"));
          }}
        >
          Empty page
        </Button>
      </div>
    </div>
  );
}
