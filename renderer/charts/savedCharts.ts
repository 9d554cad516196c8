/** Which charts a project was left with: `views.drawer` of its file. Unknown entries are passed over. */
import type { DrawerTab, ViewStore } from "../state/grid/viewStore.ts";
import { chartStore, resetCharts, type AxisChoice, type ChartSettings } from "./chartStore.ts";

/** Tabs that tell of a project; what runs or went wrong belongs to the session. */
const SAVED_TABS: readonly DrawerTab[] = [
  "charts",
  "distributions",
  "scatter",
  "parity",
  "classes",
  "table",
  "variants",
];

type SavedSettings = Partial<Omit<ChartSettings, "tool">>;

/** Plain data for the project file; a setting that was not chosen is left out. */
export function chartsToSave(tab: DrawerTab): Readonly<Record<string, unknown>> {
  const { x, y, color, atomsOf, classesOf, distributionOf, distributionAs, distributionPer } =
    chartStore.getState();
  const axis = ({ quantity, scale }: AxisChoice) =>
    quantity === null ? undefined : { quantity, ...(scale === null ? {} : { scale }) };
  return {
    ...(SAVED_TABS.includes(tab) ? { tab } : {}),
    ...(atomsOf === "all" ? { atoms: "all" } : {}),
    x: axis(x),
    y: axis(y),
    color: color === "class" ? undefined : color,
    classes: classesOf ?? undefined,
    distribution: axis(distributionOf),
    distributionAs: distributionAs === "histogram" ? undefined : distributionAs,
    distributionPer: distributionPer === "variant" ? undefined : distributionPer,
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function oneOf<T extends string>(value: unknown, known: readonly T[]): T | undefined {
  return known.find((one) => one === value);
}

function axisIn(value: unknown): AxisChoice | undefined {
  const { quantity, scale } = fieldsOf(value);
  if (typeof quantity !== "string") return undefined;
  return { quantity, scale: oneOf(scale, ["linear", "log", "symlog"] as const) ?? null };
}

/** What can be read of saved settings. */
export function readCharts(value: unknown): {
  readonly tab: DrawerTab | undefined;
  readonly settings: SavedSettings;
} {
  const fields = fieldsOf(value);
  const found: { readonly [Key in keyof SavedSettings]: SavedSettings[Key] | undefined } = {
    x: axisIn(fields["x"]),
    y: axisIn(fields["y"]),
    color: typeof fields["color"] === "string" ? fields["color"] : undefined,
    atomsOf: oneOf(fields["atoms"], ["shown", "all"] as const),
    classesOf: typeof fields["classes"] === "string" ? fields["classes"] : undefined,
    distributionOf: axisIn(fields["distribution"]),
    distributionAs: oneOf(fields["distributionAs"], [
      "density",
      "histogram",
      "ecdf",
      "violin",
    ] as const),
    distributionPer: oneOf(fields["distributionPer"], ["variant", "class"] as const),
  };
  const known = Object.entries(found).filter(([, setting]) => setting !== undefined);
  return {
    tab: oneOf(fields["tab"], SAVED_TABS),
    settings: Object.fromEntries(known),
  };
}

/** The charts of a project as it was left; another project's settings are forgotten. */
export function restoreCharts(view: ViewStore, value: unknown): void {
  resetCharts();
  const { tab, settings } = readCharts(value);
  chartStore.setState(settings);
  if (tab !== undefined) view.setState({ drawerTab: tab });
}
