import { useEffect, type ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { DialogFrame } from "../../components/DialogFrame.tsx";
import { refreshCrystal } from "../../state/crystals/crystalActions.ts";
import { fittingSpecies, offeredSpecies } from "../../state/crystals/crystalSession.ts";
import {
  addCrystals,
  attemptCrystals,
  exportCrystals,
  type CrystalUse,
} from "../../state/crystals/crystalKeep.ts";
import { choosePrototype, knownTrial } from "../../state/crystals/crystalStore.ts";
import { CrystalFields } from "./CrystalFields.tsx";
import { CrystalFound } from "./CrystalFound.tsx";
import { CrystalLift } from "./CrystalLift.tsx";
import { KeptCrystals } from "./KeptCrystals.tsx";
import { useCrystalSession, type CrystalSituation } from "./useCrystalSession.ts";

/**
 * One crystal whose atoms of a species share an environment: shaped by sliders, judged, placed on the
 * map, and added with what it would lift.
 */
export function CrystalDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const situation = useCrystalSession();
  useCrystal();
  return (
    <DialogFrame
      title="Generate a crystal"
      text="Where all atoms of a species share one environment, a training energy says what each of them contributes."
      roomy
      onClose={onClose}
      footer={<CrystalFooter situation={situation} onClose={onClose} />}
    >
      <div className="crystal-columns">
        <CrystalFields />
        <CrystalFound />
        <CrystalLift situation={situation} />
      </div>
      <KeptCrystals />
    </DialogFrame>
  );
}

/** Begins with the crystal there was, or with the first element; asks for all that is not known of it. */
function useCrystal(): void {
  const studio = useStudio();
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const descriptor = useStore(studio.project, (state) => state.document.descriptor);
  const design = useStore(studio.crystals, (state) => state.design);
  const session = useStore(studio.crystals, (state) => state.session);
  const offered = offeredSpecies(summaries);
  const isFilled = design?.species.every((symbol) => offered.includes(symbol)) === true;
  const first = offered.join(" ");
  useEffect(() => {
    if (isFilled || first === "") return;
    const { prototype, species } = studio.crystals.getState();
    choosePrototype(
      studio.crystals,
      prototype,
      fittingSpecies(prototype, first.split(" "), species),
    );
  }, [studio, isFilled, first]);
  useEffect(() => {
    refreshCrystal(studio);
  }, [studio, design, descriptor, session]);
}

function CrystalFooter(props: {
  readonly situation: CrystalSituation;
  readonly onClose: () => void;
}): ReactNode {
  const studio = useStudio();
  const { base, isDraft } = props.situation;
  const outcome = useStore(studio.crystals, (state) => state.outcome);
  const count = useStore(studio.crystals, (state) => state.kept.length);
  const isKnown = useStore(
    studio.crystals,
    (state) => state.kept.length > 0 || knownTrial(state) !== null,
  );
  const some = count > 0 ? `${String(count)} ` : "";
  const add = (use: CrystalUse): void => {
    void attemptCrystals(studio, () => addCrystals(studio, use)).then((isDone) => {
      if (isDone) props.onClose();
    });
  };
  return (
    <>
      <p
        className={outcome?.kind === "failed" ? "field-problem" : "crystal-outcome"}
        role={outcome?.kind === "failed" ? "alert" : "status"}
      >
        {outcome?.text}
      </p>
      <Button look="plain" onClick={props.onClose}>
        Close
      </Button>
      <Button
        disabled={!isKnown}
        onClick={() => {
          void attemptCrystals(studio, () => exportCrystals(studio));
        }}
      >
        Export {some}for DFT…
      </Button>
      <Button
        disabled={!isKnown}
        onClick={() => {
          add({ as: "candidates" });
        }}
      >
        Add {some}to the candidates…
      </Button>
      {isDraft ? (
        <Button
          look="primary"
          disabled={!isKnown}
          onClick={() => {
            add({ as: "ticked" });
          }}
        >
          Add {some}and tick…
        </Button>
      ) : (
        <Button
          look="primary"
          disabled={!isKnown || base === null}
          onClick={() => {
            if (base !== null) add({ as: "variant", base });
          }}
        >
          Add {some}as variant…
        </Button>
      )}
    </>
  );
}
