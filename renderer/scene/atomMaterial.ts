/**
 * Spheres drawn as squares that face the viewer. The colour is fetched from the table by index, then
 * multiplied by a light that is never above 1 and is exactly 1 in the middle of the disc: there the
 * pixel equals the legend, unless neighbours shade the atom or it lies deep (both only darken, and
 * both can be switched off). A weak highlight (≤ 10 % towards white) stays clear of the middle.
 */
import * as THREE from "three";
import { NO_VALUE_COLOR, parseColor, UNSELECTED_COLOR } from "../color/colorTable.ts";

/** Which atoms a material draws. */
export type AtomPass = "colored" | "dimmedDepth" | "dimmedColor";

/** Uniforms shared by all passes of one panel. */
export interface AtomUniforms {
  readonly [name: string]: THREE.IUniform;
  readonly uRotation: THREE.IUniform<THREE.Matrix3>;
  readonly uTarget: THREE.IUniform<THREE.Vector3>;
  /** Å, half width and half height of the picture. */
  readonly uHalfSize: THREE.IUniform<THREE.Vector2>;
  /** Scale and offset in clip space, for a picture drawn in tiles. */
  readonly uTile: THREE.IUniform<THREE.Vector4>;
  readonly uRadius: THREE.IUniform<number>;
  /** One over the distance of the eye, 1/Å; 0: orthographic. */
  readonly uPerspective: THREE.IUniform<number>;
  /** Å per device px. */
  readonly uPixel: THREE.IUniform<number>;
  /** Å: half the depth range that is drawn, and half the depth that fades. */
  readonly uDepth: THREE.IUniform<THREE.Vector2>;
  /** Strength of the depth fade, 0 to 1. */
  readonly uFade: THREE.IUniform<number>;
  readonly uOcclusion: THREE.IUniform<number>;
  readonly uTable: THREE.IUniform<THREE.DataTexture | null>;
  readonly uAccent: THREE.IUniform<THREE.Vector3>;
}

/** Uniforms with nothing in them yet. */
export function createAtomUniforms(): AtomUniforms {
  return {
    uRotation: { value: new THREE.Matrix3() },
    uTarget: { value: new THREE.Vector3() },
    uHalfSize: { value: new THREE.Vector2(1, 1) },
    uTile: { value: new THREE.Vector4(1, 1, 0, 0) },
    uRadius: { value: 1 },
    uPerspective: { value: 0 },
    uPixel: { value: 1 },
    uDepth: { value: new THREE.Vector2(1, 1) },
    uFade: { value: 0 },
    uOcclusion: { value: 0 },
    uTable: { value: null },
    uAccent: { value: new THREE.Vector3() },
  };
}

const VERTEX = /* glsl */ `
in vec2 corner;
in vec4 atom;
in float scalar;
in float flags;
in vec4 occlusion;
uniform mat3 uRotation;
uniform vec3 uTarget;
uniform vec2 uHalfSize;
uniform vec4 uTile;
uniform float uRadius;
uniform float uPerspective;
uniform float uPixel;
uniform int uDimmed;
out vec2 vPoint;
flat out float vPixel;
flat out vec3 vCenter;
flat out vec4 vShade;
flat out float vRadius;
flat out int vIndex;
flat out int vMarked;

void main() {
  int bits = int(flags + 0.5);
  vRadius = uRadius * atom.w;
  vCenter = uRotation * (atom.xyz - uTarget);
  vShade = vec4(occlusion.x, uRotation * occlusion.yzw);
  vIndex = scalar < 0.0 ? -1 : min(255, int(floor(scalar * 256.0)));
  vMarked = (bits >> 2) & 1;
  float larger = 1.0 / (1.0 - uPerspective * vCenter.z);
  vPixel = uPixel / larger;
  float reach = vRadius + vPixel;
  vPoint = corner * reach / vRadius;
  bool drawn = (bits & 2) == 0 && (bits & 1) == uDimmed;
  vec2 clip = (vCenter.xy + corner * reach) * larger / uHalfSize;
  gl_Position = drawn ? vec4(clip * uTile.xy + uTile.zw, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;
precision highp int;
uniform vec2 uDepth;
uniform float uFade;
uniform float uOcclusion;
uniform int uDimmed;
uniform sampler2D uTable;
uniform vec3 uAccent;
uniform vec3 uNoValue;
uniform vec3 uUnselected;
in vec2 vPoint;
flat in float vPixel;
flat in vec3 vCenter;
flat in vec4 vShade;
flat in float vRadius;
flat in int vIndex;
flat in int vMarked;
out vec4 pixel;

const vec3 KEY = vec3(-0.4508, 0.5510, 0.7022);
const vec3 HALF_WAY = vec3(-0.2443, 0.2986, 0.9226);

float lightOf(vec3 n) {
  float key = min(1.0, 0.58 + 0.66 * max(0.0, dot(n, KEY)));
  float limb = 1.0 - 0.26 * (1.0 - n.z) * (1.0 - n.z);
  float shade = max(0.0, vShade.x + dot(vShade.yzw, n) - 0.12) * uOcclusion;
  float deep = clamp(0.5 - 0.5 * (vCenter.z + n.z * vRadius) / uDepth.y, 0.0, 1.0);
  return key * limb * exp(-shade) * (1.0 - uFade * deep);
}

void main() {
  float away = length(vPoint);
  float coverage = clamp((1.0 - away) * vRadius / vPixel + 0.5, 0.0, 1.0);
  if (coverage <= 0.0) discard;
  vec3 n = vec3(vPoint, sqrt(max(0.0, 1.0 - away * away)));
  n /= max(1.0, away);
  gl_FragDepth = 0.5 - 0.5 * (vCenter.z + n.z * vRadius) / uDepth.x;
  vec3 color = uNoValue;
  if (uDimmed == 1 || vIndex >= 0) {
    vec3 base = uDimmed == 1 ? uUnselected : texelFetch(uTable, ivec2(max(vIndex, 0), 0), 0).rgb;
    float highlight = 0.10 * smoothstep(0.94, 1.0, dot(n, HALF_WAY));
    color = mix(base * lightOf(n), vec3(1.0), highlight);
  }
  if (vMarked == 1 && away > max(0.72, 1.0 - 2.0 * vPixel / vRadius)) color = uAccent;
  pixel = vec4(color, coverage);
}
`;

function toVector(css: string): THREE.Vector3 {
  const [r, g, b] = parseColor(css);
  return new THREE.Vector3(r / 255, g / 255, b / 255);
}

/** Opacity of atoms outside the selection. */
const DIMMED_OPACITY = 0.5;

/**
 * Dimmed atoms are drawn in two passes: the first only settles which of them is in front, the second
 * blends that one layer half over whatever is behind. The result does not depend on the order of the
 * atoms and hides nothing. Both passes share one program, so that their depths are equal to the bit.
 */
export function createAtomMaterial(pass: AtomPass, uniforms: AtomUniforms): THREE.ShaderMaterial {
  const isBlended = pass === "dimmedColor";
  const material = new THREE.ShaderMaterial({
    glslVersion: THREE.GLSL3,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: {
      ...uniforms,
      uDimmed: { value: pass === "colored" ? 0 : 1 },
      uNoValue: { value: toVector(NO_VALUE_COLOR) },
      uUnselected: { value: toVector(UNSELECTED_COLOR) },
    },
    alphaToCoverage: true,
    colorWrite: pass !== "dimmedDepth",
    depthWrite: !isBlended,
    depthFunc: isBlended ? THREE.EqualDepth : THREE.LessDepth,
    blending: THREE.CustomBlending,
    blendSrc: isBlended ? THREE.ConstantAlphaFactor : THREE.OneFactor,
    blendDst: isBlended ? THREE.OneMinusConstantAlphaFactor : THREE.ZeroFactor,
    // The picture's own alpha stays that of the background, whatever coverage the edges have.
    blendSrcAlpha: THREE.ZeroFactor,
    blendDstAlpha: THREE.OneFactor,
    blendAlpha: DIMMED_OPACITY,
    toneMapped: false,
  });
  return material;
}
