/**
 * Shrinking with distance. The eye stands in front of the whole structure, however near one zooms:
 * nothing is ever cut off behind it. Every sphere is drawn as the disc that it is when looked at
 * straight, so that atoms stay round and what is picked is what is seen.
 */
import type { Projection, Vector3 } from "./cameraState.ts";

/** From the point in the centre to the eye, in radii of the structure: it fills 32°. */
const EYE_DISTANCE = 3.5;

/**
 * One over the distance from the eye to the point in the centre, 1/Å; 0 for an orthographic view.
 * @param radius - Å, of a ball around the middle that holds everything that is drawn
 * @param target - Å, the point in the centre, from the middle
 */
export function perspectiveStrength(
  projection: Projection,
  radius: number,
  target: Vector3,
): number {
  if (projection === "orthographic") return 0;
  return 1 / (EYE_DISTANCE * Math.max(1, radius) + Math.hypot(...target));
}

/** How much larger something looks than in the plane of the point in the centre; `depth` in Å. */
export function magnification(strength: number, depth: number): number {
  return 1 / (1 - strength * depth);
}
