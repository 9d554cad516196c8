/** One scene after the other: what only follows from the active panel changes with it, nothing else. */
import {
  colorScene,
  layOutScene,
  withFront,
  type SceneInputs,
  type SceneLayout,
  type SceneModel,
} from "./sceneModel.ts";

interface BuiltScene {
  readonly inputs: SceneInputs;
  readonly scene: SceneModel;
}

/**
 * As `buildSceneModel`, again and again. While another panel becomes active the colours, and whatever
 * views keep by parts of the scene, stay the same objects: with many atoms a click must not wait for
 * them.
 */
export function sceneBuilder(): (inputs: SceneInputs) => SceneModel {
  let before: BuiltScene | null = null;
  return (inputs) => {
    const layout = layOutScene(inputs);
    const scene =
      before !== null && isSameButActive(before, inputs, layout)
        ? withActive(before.scene, layout)
        : withFront({ ...layout, coloring: colorScene(layout, inputs) });
    before = { inputs, scene };
    return scene;
  };
}

function withActive(scene: SceneModel, now: SceneLayout): SceneModel {
  const { activeTarget, activeVariant } = now;
  const activePanel = scene.panels.find(({ id }) => id === now.activePanel?.id) ?? null;
  return withFront({ ...scene, activeTarget, activeVariant, activePanel });
}

/** What is not active follows from these inputs, from the rows and the panels. */
function isSameButActive(before: BuiltScene, inputs: SceneInputs, now: SceneLayout): boolean {
  const { document, datasets, result, colors, view } = before.inputs;
  const { rows, panels } = before.scene;
  return (
    document === inputs.document &&
    datasets === inputs.datasets &&
    result === inputs.result &&
    colors === inputs.colors &&
    view.workspace === inputs.view.workspace &&
    haveSameNames(rows, now.rows, ({ key }) => key) &&
    haveSameNames(panels, now.panels, ({ id }) => id)
  );
}

function haveSameNames<T>(a: readonly T[], b: readonly T[], nameOf: (one: T) => string): boolean {
  return a.length === b.length && a.every((one, k) => nameOf(one) === nameOf(b[k] ?? one));
}
