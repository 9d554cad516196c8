/** The charts of the Learn view as PNG pictures, as they are on screen. */
import { StudioError } from "../../src/errors.ts";
import { chartPng, lineKey, type LineKey } from "../charts/chartPicture.ts";
import { paintSvg } from "../charts/paintSvg.ts";
import { formatSignificant } from "../components/formatNumber.ts";
import type { MapTheme } from "../mapView/mapSpec.ts";
import type { LearnModel } from "../state/learn/learnModel.ts";
import { fanKey, groupsKey, lprKey, type KeyEntry } from "./LearnKey.tsx";
import { formatRegularizer, formatX, ofType } from "./learnStyle.ts";
import { STORIES } from "./stories.ts";

function lines(entries: readonly KeyEntry[]): LineKey[] {
  return entries.map(({ label, color, dash = "none", path, filled = false }) => ({
    ...lineKey({ label, stroke: color, dash }),
    ...(path === undefined ? {} : { mark: { path, filled } }),
  }));
}

function pictureOf(
  place: string,
  title: string,
  theme: MapTheme,
  key: readonly LineKey[],
): Promise<Uint8Array> {
  const svg = document.querySelector<SVGSVGElement>(`${place} > svg`);
  if (svg === null) throw new StudioError("INTERNAL", "The charts of the toy model are not shown.");
  const { width, height } = svg.getBoundingClientRect();
  return chartPng({
    title,
    width,
    height,
    theme,
    key: { kind: "lines", lines: key },
    draw: (context) => {
      paintSvg(context, svg);
    },
  });
}

/** What was trained, in a line. */
function nameOf({ setup }: LearnModel): string {
  const { regularizer, rows } = setup.system;
  return `Toy model, ${STORIES[setup.scenario].label.toLowerCase()}, μ = ${formatRegularizer(regularizer)}, rows: ${rows}`;
}

/** LPR, groups and predictions over x. @throws StudioError when they are not on screen */
export async function learnPicture(
  { model, showBefore }: { readonly model: LearnModel | null; readonly showBefore: boolean },
  theme: MapTheme,
): Promise<Uint8Array> {
  if (model === null) throw new StudioError("INTERNAL", "The toy model is not trained yet.");
  const key = lines([
    ...lprKey({ model, showBefore }),
    ...groupsKey({ model, showBefore }),
    ...fanKey(),
  ]);
  return pictureOf(".learn-charts", nameOf(model), theme, key);
}

/** The parabola. @throws StudioError when it is not on screen */
export async function lossPicture(
  model: LearnModel,
  showBefore: boolean,
  theme: MapTheme,
): Promise<Uint8Array> {
  const { x, type } = model.setup.held;
  const key = lines([
    { label: `LPR ${formatSignificant(model.fits.lpr)}`, className: "", color: "var(--fg-2)" },
    ...(showBefore
      ? [
          {
            label: `before ${formatSignificant(model.beforeFits.lpr)}`,
            className: "",
            color: "var(--c-base)",
          },
        ]
      : []),
  ]);
  const title = `Loss against ε at x = ${formatX(x)}${ofType(model.setup, type)}`;
  return pictureOf(".parabola-chart", title, theme, key);
}
