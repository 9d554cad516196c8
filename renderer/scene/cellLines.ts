/** The twelve edges of a cell. */
import * as THREE from "three";
import { PLACE_GLSL, POINT_GLSL } from "./pictureShader.ts";
import type { SceneUniforms } from "./sceneUniforms.ts";

const VERTEX = /* glsl */ `
in vec2 corner;
in vec3 start;
in vec3 end;
uniform float uLineWidth;
flat out vec3 vFirst;
flat out vec3 vLast;
flat out vec2 vNearness;
${PLACE_GLSL}

/** x, y in the picture and the height, Å. */
vec3 inPicture(vec3 at) {
  vec3 turned = uRotation * (at - uTarget);
  return vec3(turned.xy * magnification(turned.z), turned.z);
}

void main() {
  vFirst = inPicture(start);
  vLast = inPicture(end);
  vNearness = 1.0 - uPerspective * vec2(vFirst.z, vLast.z);
  float distance = distance(vFirst.xy, vLast.xy);
  vec2 along = distance > 1e-4 ? (vLast.xy - vFirst.xy) / distance : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  float reach = (0.5 * uLineWidth + ROOM) * uPixel;
  vec2 at = corner.x > 0.0 ? vLast.xy : vFirst.xy;
  gl_Position = clipPosition(at + (corner.x * along + corner.y * across) * reach);
}
`;

const FRAGMENT = /* glsl */ `
${POINT_GLSL}
uniform vec3 uLine;
uniform float uLineWidth;
flat in vec3 vFirst;
flat in vec3 vLast;
flat in vec2 vNearness;
out vec4 pixel;
void main() {
  vec2 run = vLast.xy - vFirst.xy;
  vec2 from = picturePoint() - vFirst.xy;
  float t = clamp(dot(from, run) / max(dot(run, run), 1e-12), 0.0, 1.0);
  float coverage = coverageOf(0.5 * uLineWidth * uPixel - distance(from, t * run));
  if (coverage <= 0.0) discard;
  // Equal steps in the picture are not equal steps in space.
  float s = t * vNearness.x / (vNearness.y * (1.0 - t) + t * vNearness.x);
  gl_FragDepth = depthOf(mix(vFirst.z, vLast.z, s));
  pixel = vec4(uLine, coverage);
}
`;

/** The look of the lines. */
export interface CellInk {
  readonly [name: string]: THREE.IUniform<unknown>;
  readonly uLine: THREE.IUniform<THREE.Vector3>;
  /** Device px. */
  readonly uLineWidth: THREE.IUniform<number>;
}

/** Lines under the same camera as the atoms. */
export class CellLines {
  private readonly geometry = new THREE.InstancedBufferGeometry();
  private readonly material: THREE.ShaderMaterial;
  private readonly mesh: THREE.Mesh;
  private readonly scene: THREE.Scene;

  /** @param corner - corners of a square from −1 to 1, shared between panels */
  constructor(
    scene: THREE.Scene,
    corner: THREE.BufferAttribute,
    edges: Float32Array,
    uniforms: SceneUniforms,
    ink: CellInk,
  ) {
    this.scene = scene;
    const ends = new THREE.InstancedInterleavedBuffer(edges, 6);
    this.geometry.setAttribute("corner", corner);
    this.geometry.setAttribute("start", new THREE.InterleavedBufferAttribute(ends, 3, 0));
    this.geometry.setAttribute("end", new THREE.InterleavedBufferAttribute(ends, 3, 3));
    this.geometry.setIndex([0, 1, 2, 2, 1, 3]);
    this.geometry.instanceCount = edges.length / 6;
    this.material = new THREE.ShaderMaterial({
      glslVersion: THREE.GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { ...uniforms, ...ink },
      alphaToCoverage: true,
      blending: THREE.CustomBlending,
      blendSrc: THREE.OneFactor,
      blendDst: THREE.ZeroFactor,
      blendSrcAlpha: THREE.ZeroFactor,
      blendDstAlpha: THREE.OneFactor,
      toneMapped: false,
    });
    this.mesh = new THREE.Mesh(this.geometry, this.material);
    this.mesh.frustumCulled = false;
    this.mesh.matrixAutoUpdate = false;
    this.mesh.renderOrder = -1;
    scene.add(this.mesh);
  }

  /** Whether they are drawn. */
  set visible(isShown: boolean) {
    this.mesh.visible = isShown;
  }

  /** Frees what this panel alone holds; the corners go with their last user. */
  dispose(isLastUser: boolean): void {
    this.scene.remove(this.mesh);
    if (!isLastUser) this.geometry.deleteAttribute("corner");
    this.geometry.dispose();
    this.material.dispose();
  }
}
