import { IconArrowUpRight } from "@tabler/icons-react";
import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { automaticScale } from "../color/autoRange.ts";
import type { ColorScale } from "../color/colorScale.ts";
import { formatCount, formatPercentGain, formatSignificant } from "../components/formatNumber.ts";
import { IconButton } from "../components/Button.tsx";
import type { PropertyDescription } from "../state/coloring/properties.ts";
import { panelId } from "../state/grid/sceneModel.ts";
import type { TargetRow } from "../state/project/targets.ts";
import { showDrawer, type DrawerTab } from "../state/grid/viewStore.ts";
import { atomListOf } from "./atomList.ts";
import { CategoryBars } from "./CategoryBars.tsx";
import { PointKey } from "./ChartParts.tsx";
import { DistributionChart } from "./DistributionChart.tsx";
import type { DistributionGroup } from "./distributionData.ts";
import { countsOf, focusOf, groupsOfTarget, withSelection } from "./distributionGroups.ts";
import { CurveKey } from "./DistributionKey.tsx";
import { DENSITY_NOTE } from "../mapView/densityRaster.ts";
import { PendingPane } from "./PendingPane.tsx";
import { ScatterPlot, useScatter, type ScatterChoice } from "./ScatterPlot.tsx";
import { useScatterChoice } from "./ScatterPane.tsx";
import { useChartAtoms, type ChartAtoms } from "./useChartAtoms.ts";
import { useElementSize } from "./useElementSize.ts";
import type { ColorGroup } from "../state/coloring/coloring.ts";

/** Least widths of the figures, CSS px. */
const DISTRIBUTION = 270;
const SCATTER = 330;

/** The overview: one distribution a target, one curve a variant, and the scatter beside them. */
export function ChartsPane(): ReactNode {
  const { rows, activeTarget } = useScene();
  const { ref, width } = useElementSize({ width: 800, height: 130 });
  const atoms = useChartAtoms();
  const { choice } = useScatterChoice(atoms);
  if (rows.length === 0) return <p className="pane-empty">No structure is shown.</p>;
  const hasScatter = choice !== null && width >= DISTRIBUTION + SCATTER;
  const fits = Math.max(1, Math.floor((width - (hasScatter ? SCATTER : 0)) / DISTRIBUTION));
  const shown = rowsThatFit(rows, activeTarget, fits);
  return (
    <div className="charts" ref={ref}>
      <TargetFigures rows={shown} nTargets={rows.length} />
      {hasScatter ? <ScatterFigure atoms={atoms} choice={choice} /> : null}
    </div>
  );
}

/** As many as fit, the one that is looked at among them, in their order. */
export function rowsThatFit(
  rows: readonly TargetRow[],
  active: TargetRow | null,
  fits: number,
): readonly TargetRow[] {
  const at = Math.max(
    0,
    rows.findIndex(({ key }) => key === active?.key),
  );
  const first = Math.max(0, Math.min(at, rows.length - fits, Math.max(0, at - fits + 1)));
  return rows.slice(first, first + fits);
}

function TargetFigures(props: {
  readonly rows: readonly TargetRow[];
  readonly nTargets: number;
}): ReactNode {
  const studio = useStudio();
  const scene = useScene();
  const { coloring, property, columns, variants, reference, activeVariant, result } = scene;
  const { structures, columns: fileColumns } = useStore(studio.datasets);
  const selections = useStore(studio.selection, (state) => state.selections);
  // Values, their order and their axis do not depend on what is selected.
  const all = useMemo(() => {
    const source = { result, structures, columns: fileColumns };
    return scene.rows.map((row) =>
      groupsOfTarget(source, row, property, columns, { variants, reference }),
    );
  }, [result, structures, fileColumns, scene.rows, property, columns, variants, reference]);
  const groups = useMemo(
    () =>
      all.map((own, k) =>
        withSelection(own, selections.get(scene.rows[k]?.key ?? "")?.mask ?? null),
      ),
    [all, scene.rows, selections],
  );
  // The scale of the values, not of a column of differences.
  const colors = useMemo(
    () => [...coloring.groups.values()].find((group) => group.property === property) ?? null,
    [coloring, property],
  );
  const scale = useMemo(
    () => (colors === null ? null : commonScale(all.flat(), colors)),
    [all, colors],
  );
  return props.rows.map((row) => {
    const own = groups[scene.rows.indexOf(row)] ?? [];
    return (
      <figure key={row.key} className="chart">
        <FigureTitle title={row.label} tab="distributions" deeper="Distributions">
          {props.nTargets > props.rows.length && row === props.rows.at(-1) ? (
            <span className="muted" title="The drawer maximised shows more">
              {props.rows.length} of {props.nTargets} targets
            </span>
          ) : null}
        </FigureTitle>
        {property.kind === "category" ? (
          <CategoryBars
            scalars={coloring.panels.get(panelId(row.row, ""))?.scalars ?? null}
            categories={[...coloring.groups.values()][0]?.categories ?? []}
          />
        ) : scale === null || own.length === 0 ? (
          <PendingPane what="Distributions" isOneOfMany={props.nTargets > 1} />
        ) : (
          <TargetChart
            row={row}
            groups={own}
            scale={scale}
            property={property}
            activeVariant={activeVariant}
          />
        )}
      </figure>
    );
  });
}

/** One axis for all targets, without the outermost values. */
function commonScale(
  groups: readonly DistributionGroup[],
  { settings: { scale: kind }, scale: colors }: ColorGroup,
): ColorScale | null {
  if (groups.length === 0 || colors === null) return null;
  const wide = automaticScale(
    groups.map(({ values }) => values),
    { kind, symmetric: false, percentiles: kind === "log" ? [0.1, 99.9] : [0.5, 99] },
  );
  return { ...wide, linearThreshold: colors.linearThreshold };
}

function TargetChart(props: {
  readonly row: TargetRow;
  readonly groups: readonly DistributionGroup[];
  readonly scale: ColorScale;
  readonly property: PropertyDescription;
  readonly activeVariant: string;
}): ReactNode {
  const { row, groups, scale, property, activeVariant } = props;
  const list = useMemo(() => atomListOf([row]), [row]);
  const counts = useMemo(() => countsOf(list, groups, scale), [list, groups, scale]);
  const unit = property.suffix === "" ? property.unit : property.suffix;
  const beyond = counts.beyond > 0 ? ` · ${formatCount(counts.beyond)} beyond axis` : "";
  const label = `${property.label}${unit === "" ? "" : ` (${unit})`}${beyond}`;
  const axis = useMemo(
    () => ({ scale, label, signed: property.diverging }),
    [scale, label, property],
  );
  return (
    <DistributionChart
      kind="density"
      groups={groups}
      axis={axis}
      list={list}
      focus={focusOf(groups, activeVariant)}
      origin={`range of ${property.label}`}
      marks="means"
      isNamed
      keyOf={(place) => (
        <CurveKey
          groups={groups}
          scale={scale}
          place={place}
          formatMean={(mean) =>
            property.id === "enhancement" ? formatPercentGain(mean) : formatSignificant(mean)
          }
        />
      )}
    />
  );
}

function ScatterFigure(props: {
  readonly atoms: ChartAtoms;
  readonly choice: ScatterChoice;
}): ReactNode {
  const { atoms, choice } = props;
  const scatter = useScatter(atoms, choice, "x");
  const { facts, nDrawn, picture } = scatter;
  const said = facts.map(({ label, value }) => `${label.toLowerCase()} ${value}`);
  return (
    <figure className="chart scatter-figure">
      <FigureTitle title={choice.y.axisLabel} tab="scatter" deeper="Scatter">
        <span className="muted ellipsis" title={`${said.join(", ")}, ${choice.variant}`}>
          n {formatCount(nDrawn)}
          {facts.map(({ label, value }) => (
            <span key={label}>
              {" · "}
              {SHORT[label] ?? label} {value}
            </span>
          ))}
        </span>
      </FigureTitle>
      <div className="chart-body">
        <div className="plot-place">
          <ScatterPlot atoms={atoms} scatter={scatter} />
        </div>
        <div className="scatter-key">
          <PointKey colors={scatter.colors.key} place="overview" />
          {picture.isDense ? <p title={DENSITY_NOTE}>drawn as a density</p> : null}
        </div>
      </div>
    </figure>
  );
}

const SHORT: Readonly<Record<string, string>> = {
  "Log–log slope": "slope",
  Pearson: "r",
  Spearman: "ρ",
};

/** Title of a figure, what is said about it, and the way to the tab that shows more. */
function FigureTitle(props: {
  readonly title: string;
  readonly tab: DrawerTab;
  readonly deeper: string;
  readonly children?: ReactNode;
}): ReactNode {
  const studio = useStudio();
  return (
    <figcaption>
      <span className="ellipsis figure-name" title={props.title}>
        {props.title}
      </span>
      <span className="status-space" />
      {props.children}
      <IconButton
        label={`Open in ${props.deeper}`}
        icon={<IconArrowUpRight size={14} stroke={1.5} />}
        onClick={() => {
          showDrawer(studio.view, props.tab);
        }}
      />
    </figcaption>
  );
}
