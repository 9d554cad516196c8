/** Camera moves as pure functions of the camera state. Screen offsets are CSS px, y downwards. */
import type {
  CameraState,
  CellDirection,
  Quaternion,
  Vector3,
  ViewDirection,
} from "./cameraState.ts";

/** Row-major 3×3 rotation. */
export type Matrix3 = readonly [
  ...[number, number, number],
  ...[number, number, number],
  ...[number, number, number],
];

/** Width and height in CSS px. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Rotation matrix of a unit quaternion. */
export function rotationMatrix([x, y, z, w]: Quaternion): Matrix3 {
  return [
    ...([1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)] as const),
    ...([2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)] as const),
    ...([2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)] as const),
  ];
}

/** Structure axes → view axes. */
export function rotateVector(rotation: Quaternion, [x, y, z]: Vector3): Vector3 {
  const m = rotationMatrix(rotation);
  return [
    m[0] * x + m[1] * y + m[2] * z,
    m[3] * x + m[4] * y + m[5] * z,
    m[6] * x + m[7] * y + m[8] * z,
  ];
}

/** View axes → structure axes. */
export function unrotateVector([x, y, z, w]: Quaternion, vector: Vector3): Vector3 {
  return rotateVector([-x, -y, -z, w], vector);
}

/** Rotation by `second` after `first`, brought back to unit length. */
export function composeRotations(second: Quaternion, first: Quaternion): Quaternion {
  const [ax, ay, az, aw] = second;
  const [bx, by, bz, bw] = first;
  const x = aw * bx + ax * bw + ay * bz - az * by;
  const y = aw * by - ax * bz + ay * bw + az * bx;
  const z = aw * bz + ax * by - ay * bx + az * bw;
  const w = aw * bw - ax * bx - ay * by - az * bz;
  const length = Math.hypot(x, y, z, w);
  return [x / length, y / length, z / length, w / length];
}

/** Rotation about a unit axis, radians, right-handed. */
export function axisAngle([x, y, z]: Vector3, angle: number): Quaternion {
  const s = Math.sin(angle / 2);
  return [x * s, y * s, z * s, Math.cos(angle / 2)];
}

const DEGREE = Math.PI / 180;
const TURN = 90 * DEGREE;
const X_AXIS: Vector3 = [1, 0, 0];
const Z_AXIS: Vector3 = [0, 0, 1];

/** Film axis z up, seen from a little above and to one side. */
export const DEFAULT_ROTATION: Quaternion = composeRotations(
  axisAngle(X_AXIS, -TURN + 18 * DEGREE),
  axisAngle(Z_AXIS, -28 * DEGREE),
);

/**
 * Rotation that looks along an axis, against its arrow: that axis points at the viewer. z is up,
 * except when looking along z, where y is up (z) or down (−z).
 */
export function directionRotation(direction: ViewDirection): Quaternion {
  const upright = axisAngle(X_AXIS, -TURN);
  switch (direction) {
    case "z":
      return [0, 0, 0, 1];
    case "-z":
      return axisAngle(X_AXIS, 2 * TURN);
    case "x":
      return composeRotations(upright, axisAngle(Z_AXIS, -TURN));
    case "-x":
      return composeRotations(upright, axisAngle(Z_AXIS, TURN));
    case "y":
      return composeRotations(upright, axisAngle(Z_AXIS, 2 * TURN));
    case "-y":
      return upright;
  }
}

function cross([ax, ay, az]: Vector3, [bx, by, bz]: Vector3): Vector3 {
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}

function unit([x, y, z]: Vector3): Vector3 {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

/**
 * Unit quaternion of the rotation whose matrix has these rows. Shepperd's method: the largest of the
 * four components is worked out first, so that nothing is divided by a number near zero.
 */
function quaternionOfRows(r: Vector3, u: Vector3, t: Vector3): Quaternion {
  const trace = r[0] + u[1] + t[2];
  const largest = Math.max(trace, r[0], u[1], t[2]);
  const s = 2 * Math.sqrt(1 + 2 * largest - trace);
  if (largest === trace) return [(t[1] - u[2]) / s, (r[2] - t[0]) / s, (u[0] - r[1]) / s, s / 4];
  if (largest === r[0]) return [s / 4, (r[1] + u[0]) / s, (r[2] + t[0]) / s, (t[1] - u[2]) / s];
  if (largest === u[1]) return [(r[1] + u[0]) / s, s / 4, (u[2] + t[1]) / s, (r[2] - t[0]) / s];
  return [(r[2] + t[0]) / s, (u[2] + t[1]) / s, s / 4, (u[0] - r[1]) / s];
}

/** Å²; cell vectors that span less have no directions to speak of. */
const LEAST_AREA = 1e-6;

/**
 * Rotation that looks along a cell vector, against its arrow. c is up, except when looking along c,
 * where b is. Null for a cell whose vectors are zero or parallel.
 * @param cell - rows a, b, c, Å
 */
export function cellRotation(direction: CellDirection, cell: Float64Array): Quaternion | null {
  const row = (k: number): Vector3 => [
    cell[3 * k] ?? 0,
    cell[3 * k + 1] ?? 0,
    cell[3 * k + 2] ?? 0,
  ];
  const towards = row("abc".indexOf(direction));
  const right = cross(row(direction === "c" ? 1 : 2), towards);
  if (!(Math.hypot(...right) > LEAST_AREA)) return null;
  const [r, t] = [unit(right), unit(towards)];
  return quaternionOfRows(r, cross(t, r), t);
}

/** Trackball: dragging across the shorter side of the panel turns the structure by half a turn. */
export function rotateByDrag(
  state: CameraState,
  dx: number,
  dy: number,
  size: PixelSize,
): CameraState {
  const length = Math.hypot(dx, dy);
  if (length === 0) return state;
  const angle = (Math.PI * length) / Math.max(1, Math.min(size.width, size.height));
  const turn = axisAngle([dy / length, dx / length, 0], angle);
  return { ...state, rotation: composeRotations(turn, state.rotation) };
}

function moveTarget(state: CameraState, viewX: number, viewY: number): Vector3 {
  const [dx, dy, dz] = unrotateVector(state.rotation, [viewX, viewY, 0]);
  return [state.target[0] + dx, state.target[1] + dy, state.target[2] + dz];
}

/** The structure follows the pointer. */
export function panByDrag(state: CameraState, dx: number, dy: number): CameraState {
  return { ...state, target: moveTarget(state, -dx * state.scale, dy * state.scale) };
}

/** Å per CSS px: from single atoms filling the screen to a million atoms in a thumbnail. */
const SCALE_LIMITS = [1e-4, 1e2] as const;

/** Enlarges by `factor`; what lies under the pointer (offset from the panel's centre) stays there. */
export function zoomAt(state: CameraState, factor: number, x: number, y: number): CameraState {
  const scale = Math.min(SCALE_LIMITS[1], Math.max(SCALE_LIMITS[0], state.scale / factor));
  const shift = state.scale - scale;
  return { ...state, scale, target: moveTarget(state, x * shift, -y * shift) };
}

/** Offset in CSS px, from the centre of the panel, of a point given relative to the structure's middle. */
export function projectOffset(state: CameraState, [x, y, z]: Vector3): readonly [number, number] {
  const [tx, ty, tz] = state.target;
  const [vx, vy] = rotateVector(state.rotation, [x - tx, y - ty, z - tz]);
  return [vx / state.scale, -vy / state.scale];
}
