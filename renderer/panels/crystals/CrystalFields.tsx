import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { designKnobs, type Knob } from "../../../src/crystals/designKnobs.ts";
import { crystalPrototype, type PrototypeName } from "../../../src/crystals/prototypes.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { Slider } from "../../components/Controls.tsx";
import { formatFixed } from "../../components/formatNumber.ts";
import { NumberField } from "../../components/NumberField.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import {
  fillablePrototypes,
  fittingSpecies,
  offeredSpecies,
} from "../../state/crystals/crystalSession.ts";
import { choosePrototype, restKnobs, turnKnob } from "../../state/crystals/crystalStore.ts";
import { FieldRow } from "../model/FieldRow.tsx";

const GROUPS = [
  { group: "size", title: "Size" },
  { group: "strain", title: "Strain" },
  { group: "displacement", title: "Displacement within the orbit" },
] as const;

/** What the crystal is made of, and everything that can be turned on it. */
export function CrystalFields(): ReactNode {
  const studio = useStudio();
  const { prototype, species, values, design } = useStore(studio.crystals);
  const knobs = useMemo(
    () => (design === null ? [] : designKnobs(prototype, species)),
    [design, prototype, species],
  );
  return (
    <section className="crystal-fields" aria-label="Shape">
      <PrototypeFields />
      {GROUPS.map(({ group, title }) => {
        const own = knobs.filter((knob) => knob.group === group);
        if (own.length === 0) return null;
        return (
          <div key={group} role="group" aria-label={title}>
            <h3>
              {title}
              {group === "size" ? (
                <Button
                  size="small"
                  look="plain"
                  disabled={Object.keys(values).length === 0}
                  onClick={() => {
                    restKnobs(studio.crystals);
                  }}
                >
                  Undistorted
                </Button>
              ) : null}
            </h3>
            {own.map((knob) => (
              <KnobRow key={knob.key} knob={knob} value={values[knob.key] ?? knob.rest} />
            ))}
          </div>
        );
      })}
    </section>
  );
}

function PrototypeFields(): ReactNode {
  const studio = useStudio();
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const { prototype, species } = useStore(studio.crystals);
  const offered = offeredSpecies(summaries);
  const { nSpecies } = crystalPrototype(prototype);
  const put = (site: number, symbol: string): void => {
    // The other site gives its element up rather than have the same twice.
    const other = species.map((one, k) => (k !== site && one === symbol ? species[site] : one));
    choosePrototype(
      studio.crystals,
      prototype,
      other.map((one, k) => (k === site ? symbol : (one ?? symbol))),
    );
  };
  return (
    <>
      <FieldRow label="Prototype">
        <SelectField
          label="Prototype"
          value={prototype}
          options={fillablePrototypes(offered.length).map((name) => ({ value: name, label: name }))}
          onChange={(name) => {
            const chosen = name as PrototypeName;
            choosePrototype(studio.crystals, chosen, fittingSpecies(chosen, offered, species));
          }}
        />
      </FieldRow>
      <FieldRow label={nSpecies === 1 ? "Element" : "Elements"}>
        <span className="crystal-species">
          {Array.from({ length: nSpecies }, (_, site) => (
            <SelectField
              key={site}
              label={nSpecies === 1 ? "Element" : `Element ${String(site + 1)}`}
              value={species[site] ?? ""}
              options={offered.map((symbol) => ({ value: symbol, label: symbol }))}
              onChange={(symbol) => {
                put(site, symbol);
              }}
            />
          ))}
        </span>
      </FieldRow>
    </>
  );
}

function KnobRow({ knob, value }: { readonly knob: Knob; readonly value: number }): ReactNode {
  const studio = useStudio();
  const { key, label, unit, min, max, step, rest, decimals } = knob;
  const isOutside = value < min || value > max;
  const turn = (next: number): void => {
    // A thumb that passes the rest stops there: what is undistorted can be found again.
    const isNearRest = Math.abs(next - rest) < step / 2;
    turnKnob(studio.crystals, key, isNearRest ? rest : next, rest);
  };
  return (
    <div className="knob-row" data-turned={value !== rest}>
      <span className="field-label">{label}</span>
      <Slider label={label} value={value} min={min} max={max} step={step} onChange={turn} />
      <NumberField
        label={`${label}, value`}
        value={value}
        step={step}
        {...(unit === "" ? {} : { unit })}
        format={(number) => formatFixed(number, decimals)}
        invalid={isOutside}
        onChange={(next) => {
          turn(Math.min(max, Math.max(min, next)));
        }}
      />
    </div>
  );
}
