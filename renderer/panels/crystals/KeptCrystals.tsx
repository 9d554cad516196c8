import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button, IconButton } from "../../components/Button.tsx";
import { formatPercentGain } from "../../components/formatNumber.ts";
import {
  dropKept,
  isKept,
  keepCrystal,
  knownTrial,
  type KeptCrystal,
} from "../../state/crystals/crystalStore.ts";
import { crystalName, meanLifts } from "../../state/crystals/crystalWords.ts";

/** Crystals that were put aside: what is added or exported is all of them. */
export function KeptCrystals(): ReactNode {
  const studio = useStudio();
  const kept = useStore(studio.crystals, (state) => state.kept);
  const canKeep = useStore(
    studio.crystals,
    (state) => knownTrial(state) !== null && !isKept(state),
  );
  return (
    <section className="crystal-kept" aria-label="Kept crystals">
      <Button
        size="small"
        disabled={!canKeep}
        onClick={() => {
          keepCrystal(studio.crystals);
        }}
      >
        <IconPlus size={14} stroke={1.5} />
        Keep this one
      </Button>
      {kept.length === 0 ? (
        <span className="section-note">Keep several to add or export them together.</span>
      ) : (
        <ol>
          {kept.map((one, k) => (
            <Kept key={JSON.stringify(one.design)} crystal={one} number={k + 1} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Kept(props: { readonly crystal: KeptCrystal; readonly number: number }): ReactNode {
  const studio = useStudio();
  const { crystal, number } = props;
  const { trial, effect } = crystal;
  const name = crystalName(trial);
  const gains = effect === null ? [] : meanLifts(effect);
  return (
    <li>
      <span className="number muted">{number}</span> {name}
      {gains.length === 0 ? null : (
        <span className="number">{gains.map((gain) => formatPercentGain(gain)).join(", ")}</span>
      )}
      <IconButton
        label={`Drop ${String(number)}, ${name}`}
        icon={<IconX size={12} stroke={1.5} />}
        onClick={() => {
          dropKept(studio.crystals, crystal);
        }}
      />
    </li>
  );
}
