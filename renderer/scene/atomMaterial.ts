/**
 * Spheres drawn as squares that face the viewer. The colour is fetched from the table by index, then
 * multiplied by a light that is never above 1 and is exactly 1 in the middle of the disc: there the
 * pixel equals the legend, unless neighbours shade the atom or it lies deep (both only darken, and
 * both can be switched off). A weak highlight (≤ 10 % towards white) stays clear of the middle.
 */
import type * as THREE from "three";
import { createPassMaterial, type Pass } from "./passMaterial.ts";
import type { SceneUniforms } from "./sceneUniforms.ts";
import { LIGHT_GLSL, SCOPE_GLSL } from "./scopeShader.ts";

const VERTEX = /* glsl */ `
in vec2 corner;
flat out vec3 vDisc;
flat out vec3 vCenter;
flat out vec4 vShade;
flat out float vRadius;
flat out int vIndex;
flat out int vMarked;
${SCOPE_GLSL}
void main() {
  int number = gl_InstanceID / uAtomCount;
  int index = gl_InstanceID - number * uAtomCount;
  ivec2 place = placeOf(index);
  vec3 copy = copyOf(number);
  vec4 atom = texelFetch(uAtoms, place, 0);
  vec3 at = atom.xyz + uCell * copy;
  uint bits = texelFetch(uFlags, place, 0).r;
  vRadius = uRadius * atom.w;
  vCenter = uRotation * (at - uTarget);
  vShade = shadeOf(number, index);
  vIndex = tableIndex(place);
  vMarked = int((bits >> 2) & 1u);
  vDisc = vec3(vCenter.xy, vRadius) * magnification(vCenter.z);
  bool drawn = passOf(appearanceAt(at, copy), bits) == uDimmed;
  gl_Position = drawn ? clipPosition(vDisc.xy + corner * (vDisc.z + ROOM * uPixel)) : NOWHERE;
}
`;

const FRAGMENT = /* glsl */ `
${LIGHT_GLSL}
uniform vec3 uAccent;
uniform vec3 uGround;
uniform float uRing;
flat in vec3 vDisc;
flat in vec3 vCenter;
flat in float vRadius;
flat in int vMarked;

void main() {
  vec2 point = (picturePoint() - vDisc.xy) / vDisc.z;
  float away = length(point);
  float coverage = coverageOf((1.0 - away) * vDisc.z);
  if (coverage <= 0.0) discard;
  vec3 n = vec3(point, sqrt(max(0.0, 1.0 - away * away)));
  n /= max(1.0, away);
  float z = vCenter.z + n.z * vRadius;
  gl_FragDepth = depthOf(z);
  vec3 color = litColor(n, z);
  float rim = max(0.72, 1.0 - uRing / vDisc.z);
  // Air between ring and atom: some colours of atoms are much like that of the ring.
  if (vMarked == 1 && away > 1.5 * rim - 0.5) color = away > rim ? uAccent : uGround;
  pixel = vec4(color, coverage);
}
`;

/** Atoms of one pass. */
export function createAtomMaterial(pass: Pass, uniforms: SceneUniforms): THREE.ShaderMaterial {
  return createPassMaterial(pass, uniforms, VERTEX, FRAGMENT);
}
