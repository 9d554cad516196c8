/** The twelve edges of a cell. */
import * as THREE from "three";
import type { Vector3 } from "./cameraState.ts";
import type { SceneUniforms } from "./sceneUniforms.ts";

/**
 * End points of the edges, relative to the middle of the structure: 24 × 3, Å.
 * @param cell - rows a, b, c, Å; the corner at the origin is the file's origin
 */
export function cellEdges(cell: Float64Array, middle: Vector3): Float32Array {
  const points: number[] = [];
  const corner = (i: number, j: number, k: number): void => {
    for (const axis of [0, 1, 2] as const) {
      const along = i * (cell[axis] ?? 0) + j * (cell[3 + axis] ?? 0) + k * (cell[6 + axis] ?? 0);
      points.push(along - middle[axis]);
    }
  };
  for (const u of [0, 1]) {
    for (const v of [0, 1]) {
      for (const along of [0, 1, 2]) {
        for (const t of [0, 1]) {
          const at = [u, v];
          at.splice(along, 0, t);
          corner(at[0] ?? 0, at[1] ?? 0, at[2] ?? 0);
        }
      }
    }
  }
  return Float32Array.from(points);
}

const VERTEX = /* glsl */ `
in vec3 corner;
uniform mat3 uRotation;
uniform vec3 uTarget;
uniform vec2 uHalfSize;
uniform vec4 uTile;
uniform vec2 uDepth;
uniform float uPerspective;
void main() {
  vec3 at = uRotation * (corner - uTarget);
  float larger = 1.0 / (1.0 - uPerspective * at.z);
  gl_Position = vec4(at.xy * larger / uHalfSize * uTile.xy + uTile.zw, -at.z / uDepth.x, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;
uniform vec3 uLine;
out vec4 pixel;
void main() {
  pixel = vec4(uLine, 1.0);
}
`;

/** Lines under the same camera as the atoms. */
export function createCellMaterial(
  uniforms: SceneUniforms,
  line: THREE.IUniform<THREE.Vector3>,
): THREE.ShaderMaterial {
  return new THREE.ShaderMaterial({
    glslVersion: THREE.GLSL3,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { ...uniforms, uLine: line },
    blending: THREE.CustomBlending,
    blendSrc: THREE.OneFactor,
    blendDst: THREE.ZeroFactor,
    blendSrcAlpha: THREE.ZeroFactor,
    blendDstAlpha: THREE.OneFactor,
    toneMapped: false,
  });
}
