/** Rectangles that face the viewer, many of them, in the passes of `passMaterial.ts`. */
import * as THREE from "three";
import { PASSES, type Pass } from "./passMaterial.ts";

/** The meshes of one panel's atoms, or of its bonds: one geometry, one draw a pass. */
export class ImpostorMeshes {
  private readonly geometry = new THREE.InstancedBufferGeometry();
  private readonly materials: THREE.ShaderMaterial[] = [];
  private readonly meshes: readonly THREE.Mesh[];

  /** @param corner - corners of a square from −1 to 1, shared between panels */
  constructor(
    scene: THREE.Scene,
    corner: THREE.BufferAttribute,
    material: (pass: Pass) => THREE.ShaderMaterial,
  ) {
    this.geometry.setAttribute("corner", corner);
    this.geometry.setIndex([0, 1, 2, 2, 1, 3]);
    this.meshes = PASSES.map((pass, order) => {
      const made = material(pass);
      this.materials.push(made);
      const mesh = new THREE.Mesh(this.geometry, made);
      mesh.frustumCulled = false;
      mesh.matrixAutoUpdate = false;
      mesh.renderOrder = order;
      scene.add(mesh);
      return mesh;
    });
  }

  /** How many are drawn, whether any of them is grey, and how opaque those are. */
  show(count: number, isAnyDimmed: boolean, opacity: number): void {
    this.geometry.instanceCount = count;
    for (const material of this.materials) material.blendAlpha = opacity;
    this.meshes.forEach((mesh, order) => {
      mesh.visible = count > 0 && (order === 0 || isAnyDimmed);
    });
  }

  /** Frees what this panel alone holds; the corners go with their last user. */
  dispose(isLastUser: boolean): void {
    if (!isLastUser) this.geometry.deleteAttribute("corner");
    this.geometry.dispose();
    for (const material of this.materials) material.dispose();
  }
}
