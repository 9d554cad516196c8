/** What the shaders of atoms and bonds share: looking up atoms, which are drawn, and the light. */
import { PLACE_GLSL, POINT_GLSL } from "./pictureShader.ts";

/** GLSL for vertex shaders; the rule is that of `drawnScope.ts`. */
export const SCOPE_GLSL = /* glsl */ `
${PLACE_GLSL}
uniform float uRadius;
uniform int uDimmed;
uniform highp sampler2D uAtoms;
uniform highp sampler2D uScalars;
uniform highp usampler2D uFlags;
uniform highp sampler2D uShade;
uniform int uShadeCount;
uniform int uAtomCount;
uniform float uOcclusion;
uniform mat3 uCell;
uniform vec3 uFirstCopy;
uniform vec3 uCopies;
uniform vec4 uSlab;
uniform float uSlabHalf;
uniform vec4 uFocus;

const int ABSENT = 0;
const int FADED = 1;
const int DRAWN = 2;

ivec2 placeOf(int index) {
  int width = textureSize(uAtoms, 0).x;
  return ivec2(index % width, index / width);
}

vec3 copyOf(int copy) {
  ivec3 n = ivec3(uCopies);
  return uFirstCopy + vec3(copy % n.x, (copy / n.x) % n.y, copy / (n.x * n.y));
}

int appearanceAt(vec3 at, vec3 copy) {
  if (abs(dot(at, uSlab.xyz) - uSlab.w) > uSlabHalf) return ABSENT;
  if (uFocus.w >= 0.0 && distance(at, uFocus.xyz) > uFocus.w) {
    return copy == vec3(0.0) ? FADED : ABSENT;
  }
  return DRAWN;
}

/** Around an environment the ball alone decides, whatever is selected. */
bool isFlagged(uint bits, uint flag) {
  return uFocus.w < 0.0 && (bits & flag) != 0u;
}

/** -1: not drawn, 0: coloured, 1: grey. */
int passOf(int appearance, uint bits) {
  if (appearance == ABSENT || isFlagged(bits, 2u)) return -1;
  return appearance == FADED || isFlagged(bits, 1u) ? 1 : 0;
}

int tableIndex(ivec2 place) {
  float scalar = texelFetch(uScalars, place, 0).r;
  return scalar < 0.0 ? -1 : min(255, int(floor(scalar * 256.0)));
}

/** Copies that the shading has not been worked out for yet are shaded as the first one. */
vec4 shadeOf(int number, int atom) {
  if (uOcclusion <= 0.0) return vec4(0.0);
  int entry = number * uAtomCount + atom;
  if (entry >= uShadeCount) entry = atom;
  int width = textureSize(uShade, 0).x;
  vec4 shade = texelFetch(uShade, ivec2(entry % width, entry / width), 0);
  return vec4(shade.x, uRotation * shade.yzw);
}
`;

/** GLSL for fragment shaders. */
export const LIGHT_GLSL = /* glsl */ `
${POINT_GLSL}
uniform float uFade;
uniform float uOcclusion;
uniform int uDimmed;
uniform sampler2D uTable;
uniform vec3 uNoValue;
uniform vec3 uUnselected;
flat in vec4 vShade;
flat in int vIndex;
out vec4 pixel;

const vec3 KEY = vec3(-0.4508, 0.5510, 0.7022);
const vec3 HALF_WAY = vec3(-0.2443, 0.2986, 0.9226);

float lightOf(vec3 n, float z) {
  float key = min(1.0, 0.58 + 0.66 * max(0.0, dot(n, KEY)));
  float limb = 1.0 - 0.26 * (1.0 - n.z) * (1.0 - n.z);
  float shade = max(0.0, vShade.x + dot(vShade.yzw, n) - 0.12) * uOcclusion;
  float deep = clamp(0.5 - 0.5 * z / uDepth.y, 0.0, 1.0);
  return key * limb * exp(-shade) * (1.0 - uFade * deep);
}

vec3 litColor(vec3 n, float z) {
  if (uDimmed == 0 && vIndex < 0) return uNoValue;
  vec3 base = uDimmed == 1 ? uUnselected : texelFetch(uTable, ivec2(max(vIndex, 0), 0), 0).rgb;
  float highlight = 0.10 * smoothstep(0.94, 1.0, dot(n, HALF_WAY));
  return mix(base * lightOf(n, z), vec3(1.0), highlight);
}
`;
