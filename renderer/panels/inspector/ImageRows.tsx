import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudioContext } from "../../app/StudioContext.tsx";
import { formatCount } from "../../components/formatNumber.ts";
import { NumberField } from "../../components/NumberField.tsx";
import { MAX_IMAGES } from "../../state/display/displaySettings.ts";
import { MAX_DRAWN_ATOMS, shownAtoms } from "../../state/display/drawnScopes.ts";

/** Periodic images along the directions in which any shown structure is periodic. */
export function ImageRows(): ReactNode {
  const { studio, run } = useStudioContext();
  const { panels } = useScene();
  const images = useStore(studio.view, (state) => state.images);
  const slab = useStore(studio.view, (state) => state.slab);
  const structures = useStore(studio.datasets, (state) => state.structures);
  const shown = panels.flatMap(({ target }) => {
    const structure = structures.get(target.key);
    return structure === undefined || structure.cell === null ? [] : [{ target, structure }];
  });
  const directions = ([0, 1, 2] as const).filter((d) =>
    shown.some(({ structure }) => structure.pbc[d]),
  );
  if (directions.length === 0) return null;
  const tooLarge = shown.find(
    ({ structure }) => shownAtoms(structure, { slab, images }).tooManyImages,
  );
  const setImages = (direction: 0 | 1 | 2, value: number): void => {
    const next = [...images] as [number, number, number];
    next[direction] = Math.min(MAX_IMAGES, Math.max(1, Math.round(value)));
    studio.view.setState({ images: next });
    // When the new copies have reached the cameras.
    requestAnimationFrame(() => {
      run("view.fit");
    });
  };
  return (
    <>
      <div className="field-row">
        <span className="field-label">Images</span>
        <span className="image-fields">
          {directions.map((d) => (
            <NumberField
              key={d}
              label={`Images along ${"abc"[d] ?? ""}`}
              value={images[d]}
              unit={"abc"[d] ?? ""}
              step={1}
              onChange={(value) => {
                setImages(d, value);
              }}
            />
          ))}
        </span>
      </div>
      {tooLarge === undefined ? null : (
        <p className="section-note">
          {tooLarge.target.label} is shown without images: they would be more than{" "}
          {formatCount(MAX_DRAWN_ATOMS)} atoms.
        </p>
      )}
    </>
  );
}
