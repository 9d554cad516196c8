/** From what is drawn of a structure to the numbers of its shaders. */
import type { Vector3 } from "./cameraState.ts";
import type { DrawnScope } from "./drawnScope.ts";
import { centerOfCopies, halfSizeOfCopies } from "./periodicCopies.ts";
import type { SceneUniforms } from "./sceneUniforms.ts";
import type { StructureBounds } from "./structureBounds.ts";

/** Å: no slab is thicker. */
const NO_SLAB = 1e30;

/** Where everything that is drawn lies, Å from the middle of the file's copy. */
export interface DrawnExtent {
  readonly center: Vector3;
  readonly halfSize: Vector3;
}

/** Box around what is drawn; around a ball in focus the file's copy stays where it is. */
export function extentOf(
  { copies, focus }: DrawnScope,
  bounds: StructureBounds,
  cell: Float64Array | null,
): DrawnExtent {
  if (focus !== null) {
    const [x, y, z] = bounds.halfSize;
    const { radius } = focus;
    return { center: [0, 0, 0], halfSize: [x + radius, y + radius, z + radius] };
  }
  return {
    center: centerOfCopies(copies, cell),
    halfSize: halfSizeOfCopies(bounds, copies, cell),
  };
}

/** Hands the scope to the shaders. */
export function setScopeUniforms(
  u: SceneUniforms,
  { copies, slab, focus }: DrawnScope,
  cell: Float64Array | null,
): void {
  const at = (k: number): number => cell?.[k] ?? 0;
  u.uCell.value.set(at(0), at(3), at(6), at(1), at(4), at(7), at(2), at(5), at(8));
  u.uFirstCopy.value.set(...copies.first);
  u.uCopies.value.set(...copies.counts);
  if (slab === null) {
    u.uSlab.value.set(0, 0, 0, 0);
    u.uSlabHalf.value = NO_SLAB;
  } else {
    u.uSlab.value.set(...slab.normal, slab.center);
    u.uSlabHalf.value = slab.halfThickness;
  }
  if (focus === null) u.uFocus.value.set(0, 0, 0, -1);
  else u.uFocus.value.set(...focus.center, focus.radius);
}
