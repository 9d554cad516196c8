import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import type { AnalysisResult } from "../../src/analysis/result.ts";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { Button } from "../components/Button.tsx";
import { formatCount, formatPlural, formatSignificant } from "../components/formatNumber.ts";
import { SelectField } from "../components/SelectField.tsx";
import { gatherValues, placeOf } from "./atomList.ts";
import { Facts, PlotTools, PointKey } from "./ChartParts.tsx";
import { chartStore } from "./chartStore.ts";
import { csvText } from "./csvText.ts";
import { DENSITY_LIMIT, DENSITY_NOTE } from "./densityRaster.ts";
import { parityOf, repeatedBytes, repeatedNumbers, type Parity } from "./parityData.ts";
import { PlotCanvas } from "./PlotCanvas.tsx";
import type { PlotPicture } from "./plotDrawing.ts";
import { colorsByValue } from "./pointColors.ts";
import { listQuantities, quantityValues } from "./quantities.ts";
import { placePoints, wholeScale } from "./scatterData.ts";
import { useChartAtoms, type ChartAtoms } from "./useChartAtoms.ts";

/** What each member of the committee predicts against what they predict on average. */
export function ParityPane(): ReactNode {
  const studio = useStudio();
  const { variants, activeVariant } = useScene();
  const result = useStore(studio.results, (state) => state.result);
  const atoms = useChartAtoms();
  const { list } = atoms;
  const parity = useMemo(
    () => (result === null ? null : parityOf(result, list, activeVariant)),
    [result, list, activeVariant],
  );
  if (list.nAtoms === 0) return <p className="pane-empty">No structure is shown.</p>;
  if (result === null) {
    return (
      <p className="pane-empty">
        Committee energies appear with the first result of a model with a committee: press Compute.
      </p>
    );
  }
  if (parity === null) {
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
              studio.view.setState({ dialog: "model" });
            }}
          >
            Edit the model
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="scatter">
      <ParityPlot atoms={atoms} parity={parity} result={result} variant={activeVariant}>
        <div className="chart-field">
          <span aria-hidden="true">Variant</span>
          <SelectField
            label="Variant of the committee"
            value={activeVariant}
            options={variants.map((name) => ({ value: name, label: name }))}
            onChange={(value) => {
              studio.view.setState({ activeVariant: value });
            }}
          />
        </div>
      </ParityPlot>
    </div>
  );
}

interface ParityPlotProps {
  readonly atoms: ChartAtoms;
  readonly parity: Parity;
  readonly result: AnalysisResult;
  readonly variant: string;
  readonly children: ReactNode;
}

/** Coloured by the LPR of the atoms, under the same variant. */
function useLprColors({ atoms, result, variant }: ParityPlotProps) {
  const { properties, reference } = useScene();
  const { list, source } = atoms;
  return useMemo(() => {
    const lpr = listQuantities(result, properties, reference).find(({ id }) => id === "lpr");
    if (lpr === undefined) return null;
    const values = gatherValues(list, (row) =>
      quantityValues(source, "lpr", row, variant, reference),
    );
    return colorsByValue(lpr, values);
  }, [result, properties, reference, list, source, variant]);
}

const DIAGONAL = [0, 0, 1, 1] as const;

function ParityPlot(props: ParityPlotProps): ReactNode {
  const { atoms, parity, variant } = props;
  const tool = useStore(chartStore, (state) => state.tool);
  const colors = useLprColors(props);
  const { flags, list } = atoms;
  const { members, mean, energies } = parity;
  const placed = useMemo(() => {
    const scale = wholeScale([mean, energies], "linear");
    return { scale, ...placePoints(mean, energies, scale, scale) };
  }, [mean, energies]);
  const isDense = placed.nDrawn > DENSITY_LIMIT;
  const picture = useMemo<PlotPicture | null>(() => {
    if (colors === null) return null;
    const axis = (label: string) => ({ label, scale: placed.scale, signed: false });
    return {
      points: placed.points,
      scalars: repeatedNumbers(colors.scalars, members),
      table: colors.table,
      flags: flags === null ? null : repeatedBytes(flags, members),
      isDense,
      xAxis: axis("Committee mean (eV per atom)"),
      yAxis: axis("Committee member (eV per atom)"),
      line: DIAGONAL,
    };
  }, [placed, colors, flags, members, isDense]);
  if (picture === null || colors === null) return null;
  const rms = parity.rmsSpread === null ? "none" : `${formatSignificant(parity.rmsSpread)} eV`;
  return (
    <>
      <div className="chart-controls">
        {props.children}
        <Facts
          facts={[
            {
              label: "RMS spread",
              value: rms,
              title: "Root of the committee variance averaged over the atoms, members − 1",
            },
            { label: "Members", value: String(members), title: "Models of the committee" },
          ]}
        />
      </div>
      <div className="plot-place">
        <PlotCanvas
          list={list}
          perAtom={members}
          picture={picture}
          tool={tool}
          origin={`${tool} on parity`}
          description={`Energies of ${String(members)} committee members against their mean, ${variant}, RMS spread ${rms}.`}
        />
        <PlotTools tool={tool} csv={() => parityCsv(atoms, parity, variant)} />
      </div>
      <div className="chart-side">
        <PointKey colors={colors.key} />
        <p className="chart-note" aria-live="polite">
          {formatPlural(Math.round(placed.nDrawn / members), "atom", "atoms")} × {members} members,
          local energies with their baseline.
          {placed.nLeftOut > 0 ? ` ${formatCount(placed.nLeftOut)} points without a value.` : ""}
          {isDense ? ` ${DENSITY_NOTE}` : ""}
        </p>
      </div>
    </>
  );
}

function parityCsv({ list }: ChartAtoms, parity: Parity, variant: string): string {
  const { members, mean, energies } = parity;
  const names = Array.from({ length: members }, (_, k) => `member ${String(k + 1)}, eV`);
  return csvText(
    ["dataset", "structure", "atom", "variant", "mean, eV", ...names],
    Array.from({ length: list.nAtoms }, (_, k) => {
      const place = placeOf(list, k);
      const first = k * members;
      return [
        place?.row.dataset ?? null,
        place?.row.structureIndex ?? null,
        place?.atom ?? null,
        variant,
        mean[first] ?? null,
        ...energies.subarray(first, first + members),
      ];
    }),
  );
}
