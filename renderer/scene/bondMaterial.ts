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
flat out vec3 vStart;
flat out vec3 vAxis;
flat out float vLength;
flat out float vPixel;
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

/** Å in the picture, of what is within the radius of the bond around a point. */
float reachOf(vec3 center) {
  float nearest = magnification(center.z + vRadius);
  return vRadius * nearest + length(center.xy) * (nearest - magnification(center.z));
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

  vStart = uRotation * (start - uTarget);
  vec3 toMiddle = 0.5 * (uRotation * (end - start));
  vLength = max(1e-6, length(toMiddle));
  vAxis = toMiddle / vLength;
  vRadius = min(uBondRadius, 0.95 * uRadius * min(from.w, to.w));
  vPixel = uPixel / magnification(vStart.z + 0.5 * toMiddle.z);
  vShade = shadeOf(number, index);
  vIndex = tableIndex(near);

  vec3 middle = vStart + toMiddle;
  vec2 first = vStart.xy * magnification(vStart.z);
  vec2 last = middle.xy * magnification(middle.z);
  float distance = distance(first, last);
  vec2 along = distance > 1e-4 ? (last - first) / distance : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  float reach = max(reachOf(vStart), reachOf(middle)) + ROOM * uPixel;
  vec2 at = (corner.x > 0.0 ? last : first) + (corner.x * along + corner.y * across) * reach;
  uint bits = texelFetch(uFlags, near, 0).r;
  bool drawn = passOf(appearanceAt(start, copy), bits) == uDimmed &&
    isThere(end, copy + shift, texelFetch(uFlags, far, 0).r);
  gl_Position = drawn ? clipPosition(at) : NOWHERE;
}
`;

/** A point p of the picture is seen along (p, 0) + z (−p / distance of the eye, 1). */
const FRAGMENT = /* glsl */ `
${LIGHT_GLSL}
uniform float uPerspective;
flat in vec3 vStart;
flat in vec3 vAxis;
flat in float vLength;
flat in float vPixel;
flat in float vRadius;

void main() {
  vec2 point = picturePoint();
  // The line of sight from the level of the atom, seen from there.
  vec3 toEye = vec3(-uPerspective * point, 1.0);
  vec3 from = vec3(point * (1.0 - uPerspective * vStart.z) - vStart.xy, 0.0);
  vec3 beside = cross(toEye, vAxis);
  float flatness = length(beside);
  bool isFlat = flatness > 1e-4;
  beside = isFlat ? beside / flatness : normalize(cross(vAxis, vec3(1.0, 0.0, 0.0)));
  float t = dot(from, beside) / vRadius;
  float coverage = clamp((1.0 - abs(t)) * vRadius / vPixel + 0.5, 0.0, 1.0);
  if (coverage <= 0.0) discard;
  t = clamp(t, -1.0, 1.0);
  // Outwards at the crest of the cylinder.
  vec3 up = cross(vAxis, beside);
  float height = sqrt(1.0 - t * t);
  float rise = isFlat ? (vRadius * height - dot(from, up)) / flatness : 0.0;
  float along = isFlat ? dot(from + rise * toEye, vAxis) : -1.0;
  vec3 n = t * beside + height * up;
  if (along < 0.0 || along > vLength) {
    // The flat end in the middle of the bond, seen when it faces the viewer.
    float facing = dot(toEye, vAxis);
    if (facing <= 1e-4) discard;
    rise = (vLength - dot(from, vAxis)) / facing;
    vec3 away = from + rise * toEye - vLength * vAxis;
    if (dot(away, away) > vRadius * vRadius) discard;
    n = vAxis;
  }
  float z = vStart.z + rise;
  gl_FragDepth = depthOf(z);
  pixel = vec4(litColor(n, z), coverage);
}
`;

/** Half bonds of one pass. */
export function createBondMaterial(pass: Pass, uniforms: SceneUniforms): THREE.ShaderMaterial {
  return createPassMaterial(pass, uniforms, VERTEX, FRAGMENT);
}
