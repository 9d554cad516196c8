import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { copyPicture } from "../app/copyPicture.ts";
import { useScene } from "../app/SceneContext.tsx";
import { useStudioContext } from "../app/StudioContext.tsx";
import type { FigureMap, FigureStructure } from "../figure/composeImage.ts";
import type { Picture } from "../state/picture.ts";
import { summaryOf } from "./panelSummary.ts";
import { useLegendModel } from "./SceneLegend.tsx";
import type { ScenePanels } from "./useScenePanels.ts";

/** Hands the export and Copy image what is on screen now. */
export function usePicture(scene: ScenePanels, map: FigureMap | null): void {
  const { viewsRef, studio } = useStudioContext();
  const model = useScene();
  const legend = useLegendModel();
  const name = useStore(studio.project, (state) => state.name);
  const result = useStore(studio.results, (state) => state.result);
  const describe = (): Picture => {
    const structures = scene.specs.map(({ element, ...panel }, index): FigureStructure => {
      const place = model.panels[index];
      const mean =
        place === undefined ? null : summaryOf(model.property, model.coloring.panels.get(place.id));
      const target = place?.target.label ?? "";
      const isNamed = place !== undefined && place.variant !== "";
      return {
        kind: "structure",
        title: isNamed ? `${target}, ${place.variant}` : target,
        subtitle: mean === null ? "" : `mean ${mean}`,
        panel,
        viewSize: { width: element?.clientWidth ?? 1, height: element?.clientHeight ?? 1 },
      };
    });
    const isGrid = map === null && model.property.perVariant;
    return {
      name,
      panels: map === null ? structures : [...structures, map],
      columns:
        map !== null
          ? 2
          : isGrid
            ? Math.max(1, model.columns.length)
            : Math.max(1, structures.length),
      legend,
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
