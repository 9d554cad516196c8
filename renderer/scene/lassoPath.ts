/** A closed freehand outline; shared by the scene and the map. */

/** Corners of the outline with their bounding box. */
export interface LassoPath {
  /** x, y, x, y … */
  readonly corners: readonly number[];
  readonly box: readonly [number, number, number, number];
}

/** Corners closer than this to the last one are not kept, px. */
const MIN_STEP = 2;

/** A lasso that begins at a point. */
export function startLasso(x: number, y: number): LassoPath {
  return { corners: [x, y], box: [x, y, x, y] };
}

/** The lasso with one more corner, or the same lasso when the pointer hardly moved. */
export function extendLasso(path: LassoPath, x: number, y: number): LassoPath {
  const { corners, box } = path;
  const lastX = corners[corners.length - 2] ?? x;
  const lastY = corners[corners.length - 1] ?? y;
  if (Math.hypot(x - lastX, y - lastY) < MIN_STEP) return path;
  return {
    corners: [...corners, x, y],
    box: [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)],
  };
}

/** Whether a lasso encloses anything: three corners and more than a twitch of the hand. */
export function isLasso(path: LassoPath): boolean {
  const [x0, y0, x1, y1] = path.box;
  return path.corners.length >= 6 && Math.max(x1 - x0, y1 - y0) > 3;
}

/** Even–odd rule; a point on an edge belongs to one side only. */
export function coversPoint({ corners, box }: LassoPath, x: number, y: number): boolean {
  if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) return false;
  let inside = false;
  const n = corners.length;
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    const xi = corners[i]!;
    const yi = corners[i + 1]!;
    const xj = corners[j]!;
    const yj = corners[j + 1]!;
    if (yi > y !== yj > y && x < xi + ((y - yi) / (yj - yi)) * (xj - xi)) inside = !inside;
  }
  return inside;
}

/** Draws the outline as a smooth closed curve through the midpoints of its sides. */
export function traceLasso(context: CanvasRenderingContext2D, { corners }: LassoPath): void {
  const n = corners.length / 2;
  const at = (k: number): readonly [number, number] => {
    const i = 2 * (((k % n) + n) % n);
    return [corners[i] ?? 0, corners[i + 1] ?? 0];
  };
  const between = (k: number): readonly [number, number] => {
    const [ax, ay] = at(k);
    const [bx, by] = at(k + 1);
    return [(ax + bx) / 2, (ay + by) / 2];
  };
  context.beginPath();
  context.moveTo(...between(-1));
  for (let k = 0; k < n; k += 1) context.quadraticCurveTo(...at(k), ...between(k));
  context.closePath();
}

/** A lasso in other coordinates; each axis is mapped on its own. */
export function transformLasso(
  { corners, box }: LassoPath,
  mapX: (x: number) => number,
  mapY: (y: number) => number,
): LassoPath {
  const [ax, ay, bx, by] = [mapX(box[0]), mapY(box[1]), mapX(box[2]), mapY(box[3])];
  return {
    corners: corners.map((value, k) => (k % 2 === 0 ? mapX(value) : mapY(value))),
    box: [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)],
  };
}
