/** The passes in which atoms and bonds are drawn. */
import * as THREE from "three";
import { NO_VALUE_COLOR, parseColor, UNSELECTED_COLOR } from "../color/colorTable.ts";
import type { SceneUniforms } from "./sceneUniforms.ts";

/** Which atoms or bonds a material draws, in the order in which they are drawn. */
export const PASSES = ["colored", "dimmedDepth", "dimmedColor"] as const;

export type Pass = (typeof PASSES)[number];

function toVector(css: string): THREE.Vector3 {
  const [r, g, b] = parseColor(css);
  return new THREE.Vector3(r / 255, g / 255, b / 255);
}

/**
 * What is dimmed is drawn in two passes: the first only settles what is in front, the second blends
 * that one layer half over whatever is behind. The result does not depend on the order of the atoms
 * and hides nothing. Both passes share one program, so that their depths are equal to the bit.
 */
export function createPassMaterial(
  pass: Pass,
  uniforms: SceneUniforms,
  vertexShader: string,
  fragmentShader: string,
): THREE.ShaderMaterial {
  const isBlended = pass === "dimmedColor";
  return new THREE.ShaderMaterial({
    glslVersion: THREE.GLSL3,
    vertexShader,
    fragmentShader,
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
    toneMapped: false,
  });
}
