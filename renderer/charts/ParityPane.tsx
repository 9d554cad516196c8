import { useMemo, useRef, type ReactNode } from "react";
import { useStore } from "zustand";
import type { AnalysisResult } from "../../src/analysis/result.ts";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { Button } from "../components/Button.tsx";
import { Segmented } from "../components/Controls.tsx";
import { formatCount, formatPlural, formatSignificant } from "../components/formatNumber.ts";
import { useElementSize } from "./useElementSize.ts";
import { useSceneTheme } from "../theme/useSceneTheme.ts";
import { ATOM_HEADER, atomCells } from "./atomCells.ts";
import { gatherValues } from "./atomList.ts";
import { Facts, PointKey } from "./ChartParts.tsx";
import { chartPng, pictureCanvas } from "./chartPicture.ts";
import { hiddenVariants } from "../state/grid/gridPlaces.ts";
import { chartStore } from "./chartStore.ts";
import { ChartTools } from "./ChartTools.tsx";
import { csvText } from "./csvText.ts";
import { offerCommittee } from "../state/grid/viewStore.ts";
import { DENSITY_LIMIT, DENSITY_NOTE } from "../mapView/densityRaster.ts";
import { fromMedian, parityOf, repeatedBytes, repeatedNumbers, type Parity } from "./parityData.ts";
import { PendingPane, useComputeJob } from "./PendingPane.tsx";
import { PlotCanvas } from "./PlotCanvas.tsx";
import { paintPlot, type PlotPicture } from "./plotDrawing.ts";
import { colorsByValue, type PointColors } from "./pointColors.ts";
import { listQuantities, quantityValues } from "./quantities.ts";
import { placePoints, wholeScale } from "./scatterData.ts";
import { useChartAtoms, type ChartAtoms } from "./useChartAtoms.ts";

/** A variant with the energies of its committee. */
interface VariantParity {
  readonly variant: string;
  readonly parity: Parity;
}

/** What each member of the committee predicts against what they predict on average (Fig. 4d). */
export function ParityPane(): ReactNode {
  const studio = useStudio();
  const { variants, activeVariant } = useScene();
  const result = useStore(studio.results, (state) => state.result);
  const document = useStore(studio.project, (state) => state.document);
  const which = useStore(chartStore, (state) => state.parityOf);
  const isComputing = useComputeJob() !== null;
  const atoms = useChartAtoms();
  const { list } = atoms;
  const parities = useMemo(() => {
    if (result === null) return [];
    const hidden = hiddenVariants(document);
    const shown = variants.filter((name) => !hidden.has(name));
    const names = which === "one" || shown.length === 0 ? [activeVariant] : shown;
    return names.flatMap((variant): readonly VariantParity[] => {
      const parity = parityOf(result, list, variant);
      return parity === null ? [] : [{ variant, parity }];
    });
  }, [result, list, variants, document, which, activeVariant]);
  if (list.nAtoms === 0) return <p className="pane-empty">No structure is shown.</p>;
  if (parities.length === 0 && (result === null || isComputing)) {
    return <PendingPane what="Energies of a committee, where the model has one," />;
  }
  if (result === null || parities.length === 0) {
    return (
      <div className="pane-empty">
        <p>
          No committee in this result: add one under Model, Uncertainty, and compute again. It needs
          energies in the training set.
        </p>
        <div className="button-row">
          <Button
            size="small"
            onClick={() => {
              offerCommittee(studio.view);
            }}
          >
            Add a committee…
          </Button>
        </div>
      </div>
    );
  }
  return <Parities atoms={atoms} parities={parities} result={result} />;
}

interface ParitiesProps {
  readonly atoms: ChartAtoms;
  readonly parities: readonly VariantParity[];
  readonly result: AnalysisResult;
}

/** LPR of the atoms under each variant, all on one colour scale. */
function useLprColors({ atoms, parities, result }: ParitiesProps): {
  readonly colors: PointColors;
  readonly scalarsOf: (k: number) => Float32Array;
} | null {
  const { properties, reference } = useScene();
  const { list, source } = atoms;
  return useMemo(() => {
    const lpr = listQuantities(result, properties, reference).find(({ id }) => id === "lpr");
    if (lpr === undefined) return null;
    const n = list.nAtoms;
    const values = new Float64Array(n * parities.length);
    parities.forEach(({ variant }, k) => {
      values.set(
        gatherValues(list, (row) => quantityValues(source, "lpr", row, variant, reference)),
        k * n,
      );
    });
    const colors = colorsByValue(lpr, values);
    return { colors, scalarsOf: (k) => colors.scalars.subarray(k * n, (k + 1) * n) };
  }, [result, properties, reference, list, source, parities]);
}

const DIAGONAL = [0, 0, 1, 1] as const;

interface ParityPicture {
  readonly variant: string;
  readonly picture: PlotPicture;
  readonly nDrawn: number;
  readonly nLeftOut: number;
  readonly rms: string;
}

/** One plot a variant, on the same axes and colours. */
function usePictures(props: ParitiesProps): {
  readonly pictures: readonly ParityPicture[];
  readonly zero: number | null;
  readonly colors: PointColors;
} | null {
  const { atoms, parities } = props;
  const zeroAt = useStore(chartStore, (state) => state.parityZero);
  const lpr = useLprColors(props);
  const { flags } = atoms;
  const placed = useMemo(() => {
    const all = parities.map(({ parity }) => parity);
    const { zero, parities: shown } = fromMedian(all);
    const used = zeroAt === "median" ? shown : all;
    const scale = wholeScale(
      used.flatMap(({ mean, energies }) => [mean, energies]),
      "linear",
    );
    const points = used.map(({ mean, energies }) => placePoints(mean, energies, scale, scale));
    return { zero: zeroAt === "median" ? zero : null, scale, points };
  }, [parities, zeroAt]);
  return useMemo(() => {
    if (lpr === null) return null;
    const { scale, zero } = placed;
    // That they are counted from the median is said beside the plots, and by the signs.
    const axis = (label: string) => ({ label: `${label} (eV)`, scale, signed: zero !== null });
    const pictures = parities.map(({ variant, parity }, k): ParityPicture => {
      const { points, nDrawn, nLeftOut } = placed.points[k] ?? {
        points: new Float32Array(0),
        nDrawn: 0,
        nLeftOut: 0,
      };
      const { members, rmsSpread } = parity;
      return {
        variant,
        nDrawn,
        nLeftOut,
        rms: rmsSpread === null ? "none" : `${formatSignificant(rmsSpread)} eV`,
        picture: {
          points,
          scalars: repeatedNumbers(lpr.scalarsOf(k), members),
          table: lpr.colors.table,
          flags: flags === null ? null : repeatedBytes(flags, members),
          isDense: nDrawn > DENSITY_LIMIT,
          xAxis: axis("Committee mean"),
          yAxis: axis("Member"),
          line: DIAGONAL,
          names: "x",
        },
      };
    });
    return { pictures, zero, colors: lpr.colors };
  }, [lpr, placed, parities, flags]);
}

function Parities(props: ParitiesProps): ReactNode {
  const { atoms, parities } = props;
  const place = useRef<HTMLDivElement>(null);
  const theme = useSceneTheme();
  const drawn = usePictures(props);
  if (drawn === null) return null;
  const { pictures, colors, zero } = drawn;
  const members = parities[0]?.parity.members ?? 0;
  const savePicture = (): Promise<Uint8Array> => {
    const box = place.current?.getBoundingClientRect();
    const width = (box?.width ?? 600) / pictures.length;
    const each = { width, height: Math.min(box?.height ?? 400, 1.2 * width) };
    return chartPng({
      title: `Local energies of ${String(members)} committee members against their mean${zero === null ? "" : `, from their median ${formatSignificant(zero)} eV`}: ${pictures.map(({ variant, rms }) => `${variant} (RMS spread ${rms})`).join(", ")}`,
      width: each.width * pictures.length,
      height: each.height,
      theme,
      key: colors.key,
      draw: (context, zoom) => {
        pictures.forEach(({ picture }, k) => {
          const one = pictureCanvas(each.width * zoom, each.height * zoom);
          one.context.setTransform(zoom, 0, 0, zoom, 0, 0);
          paintPlot(one.context, { ...picture, names: "both" }, each, theme, zoom);
          context.drawImage(one.canvas, k * each.width, 0, each.width, each.height);
        });
      },
    });
  };
  return (
    <div className="chart-pane">
      <div className="chart-head">
        <ParityControls />
        <span className="status-space" />
        <ChartTools
          selects
          name="Committee parity"
          csv={() => parityCsv(atoms, parities)}
          picture={savePicture}
        />
      </div>
      <div className="chart-body">
        <div className="plot-row" ref={place}>
          <PlotCells pictures={pictures} atoms={atoms} members={members} />
        </div>
        <div className="chart-side">
          <PointKey colors={colors.key} />
          <p
            className="chart-note"
            title="Root of the committee variance averaged over the atoms, members − 1"
          >
            RMS spread
          </p>
          <Facts
            facts={pictures.map(({ variant, rms }) => ({
              label: variant,
              value: rms,
              title: `RMS spread of the committee of ${variant}`,
            }))}
          />
          <ParityNote pictures={pictures} members={members} zero={zero} />
        </div>
      </div>
    </div>
  );
}

function PlotCells(props: {
  readonly pictures: readonly ParityPicture[];
  readonly atoms: ChartAtoms;
  readonly members: number;
}): ReactNode {
  const { pictures, atoms, members } = props;
  const { ref, ...room } = useElementSize({ width: 600, height: 150 });
  const tool = useStore(chartStore, (state) => state.tool);
  const columns = columnsFor(pictures.length, room);
  return (
    <div
      className="plot-cells"
      ref={ref}
      style={{ gridTemplateColumns: `repeat(${String(columns)}, minmax(190px, 1fr))` }}
    >
      {pictures.map(({ variant, picture, rms }) => (
        <figure key={variant} className="plot-cell">
          <figcaption>
            <span className="ellipsis" title={variant}>
              {variant}
            </span>
            <span className="muted">{picture.yAxis.label}</span>
          </figcaption>
          <div className="plot-place">
            <PlotCanvas
              list={atoms.list}
              perAtom={members}
              picture={picture}
              tool={tool}
              origin={`${tool} on parity`}
              description={`Energies of ${String(members)} committee members against their mean, ${variant}, RMS spread ${rms}.`}
            />
          </div>
        </figure>
      ))}
    </div>
  );
}

/** Columns with which squares for all plots are as large as they can be. */
function columnsFor(
  count: number,
  { width, height }: { readonly width: number; readonly height: number },
): number {
  const side = (columns: number): number =>
    Math.min(width / columns, height / Math.ceil(count / columns));
  let best = Math.max(1, count);
  for (let columns = best - 1; columns >= 1; columns -= 1) {
    if (side(columns) > side(best)) best = columns;
  }
  return best;
}

function ParityNote(props: {
  readonly pictures: readonly ParityPicture[];
  readonly members: number;
  readonly zero: number | null;
}): ReactNode {
  const { pictures, members, zero } = props;
  const nDrawn = Math.max(0, ...pictures.map((one) => one.nDrawn));
  const nLeftOut = Math.max(0, ...pictures.map((one) => one.nLeftOut));
  return (
    <p className="chart-note" aria-live="polite">
      {formatPlural(Math.round(nDrawn / members), "atom", "atoms")} × {members} members
      {zero === null
        ? ", local energies with their baseline."
        : `, counted from ${formatSignificant(zero)} eV, the median of the means.`}
      {nLeftOut > 0 ? ` ${formatCount(nLeftOut)} points without a value.` : ""}
      {pictures.some(({ picture }) => picture.isDense) ? ` ${DENSITY_NOTE}` : ""}
    </p>
  );
}

function ParityControls(): ReactNode {
  const which = useStore(chartStore, (state) => state.parityOf);
  const zero = useStore(chartStore, (state) => state.parityZero);
  return (
    <>
      <Segmented
        label="Variants of the parity"
        value={which}
        options={[
          { value: "all", label: "All variants" },
          { value: "one", label: "Active one" },
        ]}
        onChange={(value) => {
          chartStore.setState({ parityOf: value });
        }}
      />
      <Segmented
        label="Energies count from"
        value={zero}
        options={[
          { value: "median", label: "From median" },
          { value: "absolute", label: "Absolute" },
        ]}
        onChange={(value) => {
          chartStore.setState({ parityZero: value });
        }}
      />
    </>
  );
}

/** One row an atom and variant, energies as the models give them. */
function parityCsv(atoms: ChartAtoms, parities: readonly VariantParity[]): string {
  const members = parities[0]?.parity.members ?? 0;
  const names = Array.from({ length: members }, (_, k) => `member ${String(k + 1)}, eV`);
  return csvText(
    [...ATOM_HEADER, "variant", "mean, eV", ...names],
    parities.flatMap(({ variant, parity: { mean, energies } }) =>
      Array.from({ length: atoms.list.nAtoms }, (_, k) => {
        const first = k * members;
        return [
          ...atomCells(atoms, k),
          variant,
          mean[first] ?? null,
          ...energies.subarray(first, first + members),
        ];
      }),
    ),
  );
}
