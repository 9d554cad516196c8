/** Structure panels: what is drawn and through which camera. */
import type { FigureDisplay, StructurePanel } from "../../../src/project/figure.ts";
import { DEFAULT_ROTATION } from "../../scene/cameraMath.ts";
import type { Projection, Quaternion } from "../../scene/cameraState.ts";
import { fitCamera, type FitTarget } from "../../scene/structureBounds.ts";
import { DEFAULT_DISPLAY, type DisplaySettings } from "../../state/display/displaySettings.ts";
import { shownAtoms } from "../../state/display/drawnScopes.ts";
import { formatPropertyValue } from "../../panels/grid/panelSummary.ts";
import { meanOf } from "../../state/results/statistics.ts";
import { headerHeight } from "../compose/headers.ts";
import type { PanelContent } from "../compose/content.ts";
import { definedOf, STYLE_DEFAULTS } from "../compose/look.ts";
import type { ResolvedColoring } from "./colorings.ts";
import { flagsOf } from "./selections.ts";
import { rowOf, type FigureLookup } from "./source.ts";

const NOT_READ = { kind: "missing", reason: "The structure has not been read yet." } as const;
const NOT_COMPUTED = { kind: "missing", reason: "Not computed yet." } as const;

/** Display settings with what is left out as in a new window. */
function displayOf(display: FigureDisplay | undefined): DisplaySettings {
  const { slab, ...rest } = definedOf(display ?? {});
  return { ...DEFAULT_DISPLAY, ...rest, slab: slab ?? null, showAxes: false, showScaleBar: false };
}

/** One object for each display of a figure: shown atoms are remembered by identity. */
export type Displays = ReadonlyMap<string, DisplaySettings>;

export function resolveDisplays({ figure }: FigureLookup): Displays {
  const named = Object.entries(figure.displays ?? {}).map(
    ([name, display]) => [name, displayOf(display)] as const,
  );
  return new Map([["", displayOf(undefined)], ...named]);
}

/** Everything structure panels have in common. */
export interface StructureContext {
  readonly lookup: FigureLookup;
  readonly displays: Displays;
  readonly colorings: ReadonlyMap<string, ResolvedColoring>;
}

function unitQuaternion([x, y, z, w]: Quaternion): Quaternion {
  const length = Math.hypot(x, y, z, w);
  return [x / length, y / length, z / length, w / length];
}

/** Panels of the same camera; a panel without one is alone. */
function sharersOf({ figure }: FigureLookup, panel: StructurePanel): readonly StructurePanel[] {
  if (panel.camera === undefined) return [panel];
  return figure.elements.filter(
    (one): one is StructurePanel =>
      one.kind === "structure" && one.hidden !== true && one.camera === panel.camera,
  );
}

/** Å per mm under which every panel of the camera shows its whole structure. */
function fittedScale(
  context: StructureContext,
  panel: StructurePanel,
  rotation: Quaternion,
): number {
  const { lookup } = context;
  const style = { ...STYLE_DEFAULTS, ...definedOf(lookup.figure.style ?? {}) };
  const camera = lookup.figure.cameras?.[panel.camera ?? ""];
  let scale = 0;
  for (const one of sharersOf(lookup, panel)) {
    const structure = lookup.datasets.structures.get(rowOf(lookup, one.target).key);
    const display = context.displays.get(one.display ?? "");
    if (structure === undefined || display === undefined) continue;
    const header = headerHeight(one, one.showMean === true, style);
    const target: FitTarget = {
      structure,
      copies: shownAtoms(structure, display).scope.copies,
      size: { width: one.frame.width, height: one.frame.height - header },
    };
    const state = { rotation, target: [0, 0, 0] as const, scale: 0 };
    const fitted = fitCamera(state, [target], display.radius, camera?.projection ?? "orthographic");
    scale = Math.max(scale, fitted.scale);
  }
  return scale;
}

/** `+2.33 %`; empty without numbers. */
function meanText({ property, coloring }: ResolvedColoring, values: Float64Array): string {
  if (coloring.categories !== null) return "";
  const mean = meanOf(values);
  return mean === null ? "" : formatPropertyValue(property, mean);
}

function projectionOf({ figure }: FigureLookup, { camera }: StructurePanel): Projection {
  return figure.cameras?.[camera ?? ""]?.projection ?? "orthographic";
}

function viewOf(context: StructureContext, panel: StructurePanel) {
  const camera = context.lookup.figure.cameras?.[panel.camera ?? ""];
  const rotation = unitQuaternion(camera?.rotation ?? DEFAULT_ROTATION);
  const scale = camera?.scale ?? fittedScale(context, panel, rotation);
  return { rotation, scale, target: camera?.target ?? ([0, 0, 0] as const) };
}

/** Structure, variant and property, for those who do not see the panel. */
function labelOf(
  lookup: FigureLookup,
  panel: StructurePanel,
  { property, variantsOf, compares }: ResolvedColoring,
): string {
  const { label } = rowOf(lookup, panel.target);
  if (!property.perVariant) return `${label}, ${property.label}`;
  const { from, to } = variantsOf(panel);
  return `${label}, ${compares ? `${to} against ${from}` : to}, ${property.label}`;
}

export function resolveStructure(context: StructureContext, panel: StructurePanel): PanelContent {
  const { lookup, displays, colorings } = context;
  const row = rowOf(lookup, panel.target);
  const structure = lookup.datasets.structures.get(row.key);
  const display = displays.get(panel.display ?? "");
  if (structure === undefined || display === undefined) return NOT_READ;
  const coloring = colorings.get(panel.coloring);
  const colored = coloring?.rowOf(panel.id, row) ?? null;
  if (coloring === undefined || colored === null) return NOT_COMPUTED;
  return {
    kind: "structure",
    label: labelOf(lookup, panel, coloring),
    mean: panel.showMean === true ? meanText(coloring, colored.values) : "",
    ...viewOf(context, panel),
    values: coloring.coloring.categories === null ? colored.values : null,
    valueName: coloring.valueName,
    columnName: coloring.coloring.categories === null ? coloring.columnNameOf(panel) : "",
    place: { dataset: row.dataset, structureIndex: row.structureIndex },
    panel: {
      id: panel.id,
      structureId: row.key,
      structure,
      scalars: colored.scalars,
      colorTable: coloring.coloring.table,
      flags: flagsOf(lookup, panel, row),
      projection: projectionOf(lookup, panel),
      radius: display.radius,
      bonds: display.showBonds ? (lookup.bonds.get(structure) ?? null) : null,
      bondRadius: display.bondRadius,
      scope: shownAtoms(structure, display).scope,
      showCell: display.showCell,
      showAxes: false,
      showScaleBar: false,
      occlusion: display.occlusion,
    },
  };
}
