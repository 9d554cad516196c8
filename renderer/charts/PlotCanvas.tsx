import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { hoverStore } from "../app/hover.ts";
import { useStudio } from "../app/StudioContext.tsx";
import { LassoCount, type LassoProgress } from "../panels/grid/LassoCount.tsx";
import type { HoverState } from "../scene/panelSpec.ts";
import {
  clearSelection,
  selectAcross,
  type SelectMode,
} from "../state/selection/selectionStore.ts";
import { useSceneTheme } from "../theme/useSceneTheme.ts";
import { entryOf, picksOf, placeOf, type AtomList } from "./atomList.ts";
import { PlotController, type PlotProps } from "./plotController.ts";
import type { PlotPicture } from "./plotDrawing.ts";

interface PlotCanvasProps {
  readonly list: AtomList;
  /** Points of each atom: point = atom · perAtom + k. */
  readonly perAtom: number;
  readonly picture: PlotPicture;
  readonly tool: "lasso" | "rectangle";
  /** In words, for those who do not see it. */
  readonly description: string;
  /** For the inspector: "lasso on scatter". */
  readonly origin: string;
}

/** A plot whose points are atoms, with the hover and the selection of the whole window. */
export function PlotCanvas(props: PlotCanvasProps): ReactNode {
  const studio = useStudio();
  const theme = useSceneTheme();
  const root = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const [controller, setController] = useState<PlotController | null>(null);
  const [progress, setProgress] = useState<LassoProgress | null>(null);
  const { list, perAtom, origin } = props;
  const select = (points: ArrayLike<number>, mode: SelectMode): void => {
    const entries = new Set(Array.from(points, (point) => Math.floor(point / perAtom)));
    const picks = picksOf(list, [...entries]);
    if (picks.length > 0) selectAcross(studio.selection, picks, mode, origin);
    else if (mode === "replace") clearSelection(studio.selection);
  };
  const plot: PlotProps = {
    picture: props.picture,
    theme,
    tool: props.tool,
    hover: hoverStore,
    pointsOfHover: ({ structureId, atomIndex }: HoverState) => {
      const entry = atomIndex === null ? null : entryOf(list, structureId, atomIndex);
      return entry === null ? [] : Array.from({ length: perAtom }, (_, k) => entry * perAtom + k);
    },
    onHover: (point) => {
      const place = point === null ? null : placeOf(list, Math.floor(point / perAtom));
      const now = hoverStore.getState();
      const structureId = place?.row.key ?? null;
      const atomIndex = place?.atom ?? null;
      if (now.structureId === structureId && now.atomIndex === atomIndex) return;
      hoverStore.setState({ structureId, atomIndex, panelId: null });
    },
    onPick: (point, mode) => {
      select(point === null ? [] : [point], mode);
    },
    onSelect: select,
    onProgress: (count, at) => {
      setProgress(count === null ? null : { count: Math.ceil(count / perAtom), at });
    },
  };
  const latest = useRef(plot);
  useLayoutEffect(() => {
    latest.current = plot;
    controller?.setProps(plot);
  });
  useEffect(() => {
    if (root.current === null || base.current === null || overlay.current === null) {
      return undefined;
    }
    const created = new PlotController(root.current, base.current, overlay.current, latest.current);
    setController(created);
    return () => {
      created.dispose();
      setController(null);
    };
  }, []);
  return (
    <div
      ref={root}
      className="plot-canvas"
      data-testid="plot"
      role="application"
      tabIndex={0}
      aria-label={`${props.description} Left and Right walk through the points, Space selects.`}
    >
      <canvas ref={base} aria-hidden="true" />
      <canvas ref={overlay} aria-hidden="true" />
      <LassoCount progress={progress} />
    </div>
  );
}
