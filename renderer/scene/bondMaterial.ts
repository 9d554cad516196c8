/**
 * Half bonds: cylinders from an atom to the middle of its bond, in that atom's colour, drawn as
 * rectangles that face the viewer. Two halves make a bond; where the other atom is a periodic image
 * that is not drawn, each atom keeps its half.
 */
import type * as THREE from "three";
import { createPassMaterial, type Pass } from "./passMaterial.ts";
import type { SceneUniforms } from "./sceneUniforms.ts";
import { LIGHT_GLSL, SCOPE_GLSL } from "./scopeShader.ts";

const VERTEX = /* glsl */ `
in vec2 corner;
uniform highp isampler2D uBonds;
uniform int uBondCount;
uniform float uBondRadius;
out vec2 vAt;
flat out float vPixel;
flat out float vStart;
flat out vec3 vAxis;
flat out vec2 vAlong;
flat out float vLength;
flat out float vRadius;
flat out vec4 vShade;
flat out int vIndex;
${SCOPE_GLSL}
/** Two shifts share a number, 16 bits each. */
ivec3 unpackShift(ivec4 bond) {
  return ivec3((bond.z << 16) >> 16, bond.z >> 16, bond.w);
}

/** Whether the image that the bond goes to is there to be seen; the file's copy is, when faded. */
bool isThere(vec3 at, vec3 copy, uint bits) {
  return !isFlagged(bits, 2u) && appearanceAt(at, copy) != ABSENT;
}

void main() {
  int number = gl_InstanceID / (2 * uBondCount);
  int item = gl_InstanceID - number * 2 * uBondCount;
  int width = textureSize(uBonds, 0).x;
  ivec4 bond = texelFetch(uBonds, ivec2((item >> 1) % width, (item >> 1) / width), 0);
  bool isReverse = (item & 1) == 1;
  int index = isReverse ? bond.y : bond.x;
  ivec2 near = placeOf(index);
  ivec2 far = placeOf(isReverse ? bond.x : bond.y);
  vec3 shift = vec3(unpackShift(bond)) * (isReverse ? -1.0 : 1.0);
  vec3 copy = copyOf(number);
  vec4 from = texelFetch(uAtoms, near, 0);
  vec4 to = texelFetch(uAtoms, far, 0);
  vec3 start = from.xyz + uCell * copy;
  vec3 end = to.xyz + uCell * (copy + shift);

  vec3 a = uRotation * (start - uTarget);
  vec3 toMiddle = 0.5 * (uRotation * (end - start));
  vLength = max(1e-6, length(toMiddle));
  vAxis = toMiddle / vLength;
  float flatness = length(vAxis.xy);
  vAlong = flatness > 1e-4 ? vAxis.xy / flatness : vec2(1.0, 0.0);
  vRadius = min(uBondRadius, 0.95 * uRadius * min(from.w, to.w));
  vStart = a.z;
  vShade = shadeOf(number, index);
  vIndex = tableIndex(near);

  bool isFarEnd = corner.x > 0.0;
  float larger = magnification(a.z + (isFarEnd ? toMiddle.z : 0.0));
  vPixel = uPixel / larger;
  float reach = vRadius + vPixel;
  float along = isFarEnd ? flatness * vLength + reach : -reach;
  vec2 across = vec2(-vAlong.y, vAlong.x) * corner.y * reach;
  vAt = vec2(along, corner.y * reach / vRadius);
  uint bits = texelFetch(uFlags, near, 0).r;
  bool drawn = passOf(appearanceAt(start, copy), bits) == uDimmed &&
    isThere(end, copy + shift, texelFetch(uFlags, far, 0).r);
  gl_Position = drawn ? clipPosition(a.xy + vAlong * along + across, larger) : vec4(2.0, 2.0, 2.0, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
${LIGHT_GLSL}
in vec2 vAt;
flat in float vPixel;
flat in float vStart;
flat in vec3 vAxis;
flat in vec2 vAlong;
flat in float vLength;
flat in float vRadius;

void main() {
  float t = clamp(vAt.y, -1.0, 1.0);
  float coverage = clamp((1.0 - abs(vAt.y)) * vRadius / vPixel + 0.5, 0.0, 1.0);
  if (coverage <= 0.0) discard;
  float flatness = length(vAxis.xy);
  // Outwards at the crest of the cylinder, and beside it.
  vec3 up = vec3(-vAlong * vAxis.z, flatness);
  vec3 beside = vec3(-vAlong.y, vAlong.x, 0.0);
  float height = sqrt(1.0 - t * t);
  float along = flatness > 1e-4 ? (vAt.x + vRadius * height * vAxis.z) / flatness : -1.0;
  vec3 n = t * beside + height * up;
  float z = vStart + along * vAxis.z + vRadius * height * flatness;
  if (along < 0.0 || along > vLength) {
    // The flat end in the middle of the bond, seen when it faces the viewer.
    if (vAxis.z <= 1e-4) discard;
    float b = (flatness * vLength - vAt.x) / vAxis.z;
    if (t * t + b * b / (vRadius * vRadius) > 1.0) discard;
    n = vAxis;
    z = vStart + vAxis.z * vLength + b * flatness;
  }
  gl_FragDepth = depthOf(z);
  pixel = vec4(litColor(n, z), coverage);
}
`;

/** Half bonds of one pass. */
export function createBondMaterial(pass: Pass, uniforms: SceneUniforms): THREE.ShaderMaterial {
  return createPassMaterial(pass, uniforms, VERTEX, FRAGMENT);
}
