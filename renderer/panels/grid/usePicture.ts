import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { copyPicture } from "../../app/copyPicture.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudioContext } from "../../app/StudioContext.tsx";
import type { FigureMap, FigureStructure } from "../../figure/composeImage.ts";
import type { SceneModel, ScenePanel } from "../../state/grid/sceneModel.ts";
import type { Picture } from "../../state/display/picture.ts";
import { panelTitle } from "./PanelFrame.tsx";
import { summaryOf } from "./panelSummary.ts";
import { useLegends, type SceneLegend } from "./SceneLegend.tsx";
import type { ScenePanels } from "./useScenePanels.ts";

/** What the views hand over besides the structures. */
interface Shown {
  /** The panels on screen, in their order. */
  readonly panels: readonly ScenePanel[];
  /** Panels side by side. */
  readonly columns: number;
  /** The map of a panel; null where it shows none. */
  readonly mapOf: (panel: ScenePanel) => FigureMap | null;
}

/** Hands the export and Copy image what is on screen now. */
export function usePicture(scene: ScenePanels, shown: Shown): void {
  const { viewsRef, studio } = useStudioContext();
  const model = useScene();
  const legends = useLegends();
  const name = useStore(studio.project, (state) => state.name);
  const result = useStore(studio.results, (state) => state.result);
  const describe = (): Picture => {
    const parts = shown.panels.map((panel) => figurePanels(panel, model, scene, shown));
    const [first = { note: "" }, ...more] = legendsOf(legends, model);
    if (!("title" in first)) throw new Error("Nothing is shown.");
    return {
      name,
      panels: parts.flat(),
      columns: parts.slice(0, shown.columns).reduce((sum, one) => sum + one.length, 0),
      legend: first,
      moreLegends: more,
      texts: {
        Software: "LPR Studio",
        Title: name,
        Description: `${model.property.label}${result === null ? "" : `, ${result.backend}, result ${result.key}`}`,
      },
    };
  };
  const latest = useRef(describe);
  useEffect(() => {
    latest.current = describe;
  });
  useEffect(() => {
    const { current } = viewsRef;
    viewsRef.current = {
      ...current,
      picture: () => latest.current(),
      copyImage: () => copyPicture(studio, latest.current()),
    };
    return () => {
      viewsRef.current = { ...viewsRef.current, picture: () => null };
    };
  }, [viewsRef, studio]);
}

/** Ranges of rows and panels are named by what they belong to. */
function legendsOf(
  legends: readonly SceneLegend[],
  model: SceneModel,
): readonly SceneLegend["model"][] {
  return legends.map(({ group, model: legend }) => {
    if (model.layout.range === "shared" || group.categories !== null) return legend;
    const panel = model.panels.find(({ id }) => id === group.panels[0]);
    if (panel === undefined) return legend;
    const { label } = panel.target;
    const isOfPanel = model.layout.range === "panels" && panel.variant !== "";
    return { ...legend, note: isOfPanel ? `${label}, ${panelTitle(panel)}` : label };
  });
}

/** The structure of a panel, its map, or both side by side. */
function figurePanels(
  place: ScenePanel,
  model: SceneModel,
  scene: ScenePanels,
  { mapOf }: Shown,
): readonly (FigureStructure | FigureMap)[] {
  const colored = model.coloring.panels.get(place.id);
  const mean = colored === undefined ? null : summaryOf(colored.property, colored);
  const target = place.target.label;
  const title = place.variant === "" ? target : `${target}, ${panelTitle(place)}`;
  const subtitle = mean === null ? "" : `mean ${mean}`;
  const map = place.content === "structure" ? null : mapOf(place);
  const spec = scene.specs.find(({ id }) => id === place.id);
  if (spec === undefined) return [];
  const { element, ...panel } = spec;
  const structure: FigureStructure = {
    kind: "structure",
    title,
    subtitle,
    panel,
    viewSize: { width: element?.clientWidth ?? 1, height: element?.clientHeight ?? 1 },
  };
  if (map === null) return [structure];
  if (place.content === "map") return [{ ...map, title, subtitle }];
  return [structure, map];
}
