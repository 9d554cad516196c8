import type { ReactNode } from "react";
import { MAX_STRAIN } from "../../../src/contract/suggestions.ts";
import { useStudioContext } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { Checkbox } from "../../components/Controls.tsx";
import { formatCount } from "../../components/formatNumber.ts";
import { NumberField } from "../../components/NumberField.tsx";
import {
  offeredDatasets,
  offeredPrototypes,
  type QuestionInputs,
} from "../../state/suggest/suggestQuestion.ts";
import type { SuggestDraft } from "../../state/suggest/suggestStore.ts";

interface CandidateFieldsProps {
  readonly inputs: QuestionInputs;
  readonly onChange: (change: Partial<SuggestDraft>) => void;
}

/** Where candidates come from: files of the project, and crystals made for the question. */
export function CandidateFields({ inputs, onChange }: CandidateFieldsProps): ReactNode {
  const { draft, document, summaries } = inputs;
  const datasets = offeredDatasets(inputs);
  const prototypes = offeredPrototypes(document, summaries);
  const offer = (name: string, isOffered: boolean): void => {
    const names = datasets.filter((one) => (one.name === name ? isOffered : one.isOffered));
    onChange({ datasets: new Set(names.map((one) => one.name)) });
  };
  return (
    <fieldset className="suggest-sources">
      <legend>From</legend>
      {datasets.map(({ name, label, nStructures, isOffered }) => (
        <div key={name} className="suggest-source" title={label}>
          <Checkbox
            label={label}
            checked={isOffered}
            onChange={(checked) => {
              offer(name, checked);
            }}
          />
          <span className="muted number">{formatCount(nStructures)}</span>
        </div>
      ))}
      <Checkbox
        label="Generated crystals"
        checked={draft.withCrystals && prototypes.length > 0}
        disabled={prototypes.length === 0}
        onChange={(withCrystals) => {
          onChange({ withCrystals });
        }}
      />
      {prototypes.length === 0 && document.descriptor?.type === "features" ? (
        <p className="section-note">
          Features are imported; those of new crystals cannot be computed.
        </p>
      ) : null}
      {draft.withCrystals && prototypes.length > 0 ? (
        <CrystalFields inputs={inputs} onChange={onChange} />
      ) : null}
      <DesignButton />
    </fieldset>
  );
}

/** Beside many at random: one, shaped by hand. */
function DesignButton(): ReactNode {
  const { run } = useStudioContext();
  return (
    <div className="suggest-design">
      <Button
        size="small"
        look="plain"
        onClick={() => {
          run("compute.crystal");
        }}
      >
        Generate one by hand…
      </Button>
    </div>
  );
}

function CrystalFields({ inputs, onChange }: CandidateFieldsProps): ReactNode {
  const { draft, document, summaries } = inputs;
  return (
    <div className="suggest-crystals">
      <div className="suggest-prototypes" role="group" aria-label="Prototypes">
        {offeredPrototypes(document, summaries).map(({ name }) => (
          <Checkbox
            key={name}
            label={name}
            checked={draft.prototypes.has(name)}
            onChange={(checked) => {
              const prototypes = new Set(draft.prototypes);
              if (checked) prototypes.add(name);
              else prototypes.delete(name);
              onChange({ prototypes });
            }}
          />
        ))}
      </div>
      <div className="field-row">
        <span className="field-label">Crystals</span>
        <NumberField
          label="Crystals to generate"
          value={draft.crystalCount}
          step={10}
          onChange={(crystalCount) => {
            onChange({ crystalCount });
          }}
        />
      </div>
      <div className="field-row">
        <span className="field-label">Strain up to</span>
        <NumberField
          label="Strain up to"
          value={draft.strain}
          unit="%"
          step={1}
          invalid={draft.strain < 0 || draft.strain > 100 * MAX_STRAIN}
          onChange={(strain) => {
            onChange({ strain });
          }}
        />
      </div>
    </div>
  );
}
