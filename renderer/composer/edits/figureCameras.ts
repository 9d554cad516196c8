/** Cameras of structure panels: shared ones and own ones. Pure. */
import type {
  FigureCamera,
  FigureDefinition,
  StructurePanel,
} from "../../../src/project/figure.ts";
import { DEFAULT_ROTATION } from "../../scene/cameraMath.ts";
import { changeElement, freeName } from "./figureEdits.ts";

function structureOf(figure: FigureDefinition, id: string): StructurePanel | null {
  const element = figure.elements.find((one) => one.id === id);
  return element?.kind === "structure" ? element : null;
}

/** Panels that look through the same camera, this one included. */
export function panelsOfCamera(
  figure: FigureDefinition,
  camera: string | undefined,
): readonly StructurePanel[] {
  return figure.elements.filter(
    (element): element is StructurePanel =>
      element.kind === "structure" && camera !== undefined && element.camera === camera,
  );
}

function freeCamera({ cameras = {} }: FigureDefinition, wanted: string): string {
  return freeName(wanted, new Set(Object.keys(cameras)));
}

/** Puts the camera of a panel, and of those that share it, somewhere. */
export function setCamera(
  figure: FigureDefinition,
  id: string,
  seen: Pick<FigureCamera, "rotation" | "target" | "scale">,
): FigureDefinition {
  const panel = structureOf(figure, id);
  if (panel === null) return figure;
  const name = panel.camera ?? freeCamera(figure, `camera of ${id}`);
  const camera: FigureCamera = { ...figure.cameras?.[name], ...seen };
  const withCamera = { ...figure, cameras: { ...figure.cameras, [name]: camera } };
  if (panel.camera === name) return withCamera;
  return changeElement<StructurePanel>(withCamera, id, (one) => ({ ...one, camera: name }));
}

/** How the camera of a panel, and of those that share it, shows depth. */
export function setProjection(
  figure: FigureDefinition,
  id: string,
  projection: NonNullable<FigureCamera["projection"]>,
): FigureDefinition {
  const panel = structureOf(figure, id);
  if (panel === null) return figure;
  const known = panel.camera === undefined ? undefined : figure.cameras?.[panel.camera];
  if ((known?.projection ?? "orthographic") === projection) return figure;
  const named = setCamera(figure, id, known ?? { rotation: DEFAULT_ROTATION });
  const name = structureOf(named, id)?.camera ?? "";
  const camera = named.cameras?.[name];
  if (camera === undefined) return figure;
  const changed = { ...camera, projection: projection === "orthographic" ? undefined : projection };
  return { ...named, cameras: { ...named.cameras, [name]: changed } };
}

/** The whole structure in view again, and in the middle. */
export function fitCameraOf(figure: FigureDefinition, id: string): FigureDefinition {
  const name = structureOf(figure, id)?.camera;
  const camera = name === undefined ? undefined : figure.cameras?.[name];
  if (name === undefined || camera === undefined) return figure;
  if (camera.scale === undefined && camera.target === undefined) return figure;
  const fitted = { ...camera, scale: undefined, target: undefined };
  return { ...figure, cameras: { ...figure.cameras, [name]: fitted } };
}

/** Looks through the camera of another panel, or through one of its own (null) where it stands. */
export function linkCamera(
  figure: FigureDefinition,
  id: string,
  to: string | null,
): FigureDefinition {
  const panel = structureOf(figure, id);
  if (panel === null || panel.camera === (to ?? undefined)) return figure;
  const own = panel.camera === undefined ? undefined : figure.cameras?.[panel.camera];
  if (to !== null) {
    return changeElement<StructurePanel>(figure, id, (one) => ({ ...one, camera: to }));
  }
  const name = own === undefined ? undefined : freeCamera(figure, `camera of ${id}`);
  const cameras =
    name === undefined || own === undefined ? figure.cameras : { ...figure.cameras, [name]: own };
  return changeElement<StructurePanel>({ ...figure, cameras }, id, (one) => ({
    ...one,
    camera: name,
  }));
}
