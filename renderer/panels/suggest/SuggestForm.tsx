import { IconWand } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { Segmented } from "../../components/Controls.tsx";
import { formatCount } from "../../components/formatNumber.ts";
import { NumberField } from "../../components/NumberField.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import {
  buildQuestion,
  countSelected,
  scopeOf,
  selectedText,
  worstText,
  type QuestionInputs,
} from "../../state/suggest/suggestQuestion.ts";
import { changeDraft, type SuggestDraft } from "../../state/suggest/suggestStore.ts";
import { CandidateFields } from "./CandidateFields.tsx";

/** Shares of the atoms of lowest LPR that can be asked about. */
const SHARES = [0.01, 0.05, 0.1];

/** The question: which atoms, which candidates, how many. */
export function SuggestForm(props: {
  readonly inputs: QuestionInputs;
  readonly onAsk: () => void;
}): ReactNode {
  const studio = useStudio();
  const { inputs, onAsk } = props;
  const { draft, target, variant, document } = inputs;
  const change = (part: Partial<SuggestDraft>): void => {
    changeDraft(studio.suggestions, part);
  };
  const scope = scopeOf(inputs);
  const question = buildQuestion(inputs);
  const where = target === null ? "" : `of ${target.label}, `;
  return (
    <>
      <p className="section-note">
        Which structures would raise the LPR of these atoms most. Energies are not needed.
      </p>
      <div className="field-row">
        <span className="field-label">Lift</span>
        <SelectField
          label="Atoms to lift"
          value={String(scope)}
          options={[
            { value: "selection", label: selectedText(countSelected(inputs.selections)) },
            ...SHARES.map((share) => ({ value: String(share), label: worstText(share) })),
          ]}
          onChange={(value) => {
            change({ scope: value === "selection" ? "selection" : Number(value) });
          }}
        />
      </div>
      {variant === "" ? null : (
        <p className="suggest-hint">
          {scope === "selection" ? "" : where}under {variant}
        </p>
      )}
      <CandidateFields inputs={inputs} onChange={change} />
      <div className="field-row">
        <span className="field-label">Choose</span>
        <NumberField
          label="Structures to choose"
          value={draft.count}
          unit="structures"
          step={1}
          onChange={(count) => {
            change({ count });
          }}
        />
      </div>
      <div className="field-row">
        <span className="field-label">By</span>
        <Segmented
          label="Rank by"
          value={draft.by}
          options={[
            { value: "gain", label: "Gain" },
            { value: "gainPerCost", label: "Gain per atom" },
          ]}
          onChange={(by) => {
            change({ by });
          }}
        />
      </div>
      {question.missing === null ? null : <p className="field-problem">{question.missing}</p>}
      <div className="button-row">
        <Button disabled={question.ask === null} onClick={onAsk}>
          <IconWand size={16} stroke={1.5} />
          Suggest {formatCount(draft.count)}
        </Button>
        <MissingAction needsModel={document.model === undefined} />
        <BackButton />
      </div>
    </>
  );
}

/** What is missing most often can be done from here. */
function MissingAction({ needsModel }: { readonly needsModel: boolean }): ReactNode {
  const studio = useStudio();
  if (!needsModel) return null;
  return (
    <Button
      onClick={() => {
        studio.view.setState({ dialog: "model" });
      }}
    >
      Choose a model
    </Button>
  );
}

/** Back to the answer that is still there. */
function BackButton(): ReactNode {
  const studio = useStudio();
  if (studio.suggestions.getState().answer === null) return null;
  return (
    <Button
      look="plain"
      onClick={() => {
        studio.suggestions.setState({ isEditing: false });
      }}
    >
      Back
    </Button>
  );
}
