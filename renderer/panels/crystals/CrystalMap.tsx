import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { CrystalTrial } from "../../../src/contract/crystals.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { MiniLegend } from "../../color/MiniLegend.tsx";
import { formatFixed } from "../../components/formatNumber.ts";
import { SelectField } from "../../components/SelectField.tsx";
import { KernelMap } from "../../mapView/KernelMap.tsx";
import type { MapMark, MapSeries, MapViewStore } from "../../mapView/mapSpec.ts";
import { createHoverStore } from "../../scene/hoverStore.ts";
import { boxWithMarks, crystalMapPicture } from "../../state/crystals/crystalMapSeries.ts";
import type { CrystalSession, FoundEffect } from "../../state/crystals/crystalStore.ts";
import {
  crystalName,
  distinctPlaces,
  placeLabels,
  type Place,
} from "../../state/crystals/crystalWords.ts";
import { useSceneTheme } from "../../theme/useSceneTheme.ts";

/** The atoms of one target by their LPR, the others faint, and crosses where the crystals lie. */
export function CrystalMap(props: {
  readonly session: CrystalSession | null;
  readonly effect: FoundEffect | null;
  /** False where there will be no prediction, which is said below. */
  readonly isExpected: boolean;
}): ReactNode {
  const { session, effect, isExpected } = props;
  const map = session?.opened.map ?? null;
  if (session === null || map === null) {
    return (
      <div className="crystal-map crystal-map-empty">
        <p className="section-note">
          {session !== null
            ? "The project has no kernel map that crystals can be placed on."
            : isExpected
              ? "The kernel map appears with the prediction."
              : "The crystal cannot be placed on the kernel map."}
        </p>
      </div>
    );
  }
  // Of another session the place says nothing about this map.
  const places = effect?.session === session ? (effect.effect?.places ?? null) : null;
  return <PlacedMap session={session} places={distinctPlaces(places)} />;
}

function PlacedMap(props: {
  readonly session: CrystalSession;
  readonly places: readonly Place[];
}): ReactNode {
  const { session, places } = props;
  const { targets } = session.opened;
  const { activeTarget } = useScene();
  const [chosen, setChosen] = useState<number | null>(null);
  const target = chosen ?? Math.max(0, session.targets.indexOf(activeTarget?.key ?? ""));
  const { series, legend } = useMemo(() => crystalMapPicture(session, target), [session, target]);
  const marks = useMarks(places);
  const at = places.map(({ x, y }) => `${formatFixed(x, 3)}, ${formatFixed(y, 3)}`);
  const where = at.join(" and ");
  const label = targets[target]?.label ?? "";
  return (
    <>
      <div className="crystal-map">
        <div
          className="crystal-map-points"
          role="img"
          aria-label={`Kernel map of ${label}; the crystal lies at ${where}`}
        >
          <SmallMap series={series} marks={marks} session={session} />
        </div>
        <MiniLegend model={legend} />
      </div>
      <div className="crystal-place">
        <span className="ellipsis">
          {where === "" ? "" : "At "}
          <b data-testid="crystal-place">{where}</b>
        </span>
        {targets.length < 2 ? null : (
          <SelectField
            label="Target on the map"
            look="slim"
            value={String(target)}
            options={targets.map((one, t) => ({ value: String(t), label: one.label }))}
            onChange={(value) => {
              setChosen(Number(value));
            }}
          />
        )}
      </div>
    </>
  );
}

/** The crystal by its name, those that were kept by their numbers. */
function useMarks(places: readonly Place[]): readonly MapMark[] {
  const studio = useStudio();
  const trial = useStore(studio.crystals, (state) => state.trial?.trial ?? null);
  const kept = useStore(studio.crystals, (state) => state.kept);
  const marksOf = (
    these: readonly Place[],
    of: CrystalTrial | null,
    name: string,
  ): readonly MapMark[] => {
    const labels = of === null ? [] : placeLabels(these, of, name);
    return these.map(({ x, y }, i) => ({ x, y, label: labels[i] ?? "" }));
  };
  return [
    ...kept.flatMap((one, k) =>
      marksOf(distinctPlaces(one.effect?.places ?? null), one.trial, String(k + 1)),
    ),
    ...marksOf(places, trial, trial === null ? "" : crystalName(trial)),
  ];
}

function SmallMap(props: {
  readonly series: readonly MapSeries[];
  readonly marks: readonly MapMark[];
  readonly session: CrystalSession;
}): ReactNode {
  const { series, marks, session } = props;
  const theme = useSceneTheme();
  const [hover] = useState(createHoverStore);
  const [view] = useState<MapViewStore>(() => createStore(() => ({ box: null })));
  const box = boxWithMarks(series, marks);
  const { x0, x1, y0, y1 } = box;
  // A crystal that leaves the atoms behind stays in view; within them the map stands still.
  useEffect(() => {
    view.setState({ box: { x0, x1, y0, y1 } });
  }, [view, x0, x1, y0, y1]);
  const shares = session.opened.map?.explainedVariance;
  const axis = (component: number): string => {
    const share = shares?.[component];
    const name = `component ${String(component + 1)}`;
    return share === undefined ? name : `${name}, ${(100 * share).toFixed(0)} %`;
  };
  return (
    <KernelMap
      series={series}
      marks={marks}
      tool="pan"
      theme={theme}
      hover={hover}
      view={view}
      compact
      pointRadius={1.6}
      xLabel={axis(0)}
      yLabel={axis(1)}
    />
  );
}
