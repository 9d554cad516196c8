/**
 * What all shaders share: where things lie in the picture. Vertices only say which pixels may show
 * something, with room to spare; what a pixel shows is worked out from its own place in the whole
 * picture and from numbers that are the same all over an atom, a bond or a line. Nothing is
 * interpolated, so a pixel is the same whichever tile it is drawn in.
 */

/** GLSL for vertex shaders. */
export const PLACE_GLSL = /* glsl */ `
uniform mat3 uRotation;
uniform vec3 uTarget;
uniform vec2 uHalfSize;
uniform vec4 uTile;
uniform float uPerspective;
uniform float uPixel;

/**
 * Room around what is drawn, device px: half a px beyond the edge still shows a little, and half a px
 * around the middle of that px are its samples.
 */
const float ROOM = 1.5;

float magnification(float depth) {
  return 1.0 / (1.0 - uPerspective * depth);
}

/** @param at - Å in the plane of the point in the centre */
vec4 clipPosition(vec2 at) {
  return vec4(at / uHalfSize * uTile.xy + uTile.zw, 0.0, 1.0);
}

const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);
`;

/** GLSL for fragment shaders. */
export const POINT_GLSL = /* glsl */ `
precision highp float;
precision highp int;
uniform vec2 uHalfSize;
uniform vec2 uOrigin;
uniform vec2 uStep;
uniform vec2 uDepth;
uniform float uPixel;

/** Å in the plane of the point in the centre. */
vec2 picturePoint() {
  return (gl_FragCoord.xy + uOrigin) * uStep - uHalfSize;
}

/** How much of a px is inside an edge that lies this far outwards, Å. */
float coverageOf(float distance) {
  return clamp(distance / uPixel + 0.5, 0.0, 1.0);
}

float depthOf(float z) {
  return 0.5 - 0.5 * z / uDepth.x;
}
`;
