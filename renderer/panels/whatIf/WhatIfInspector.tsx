import { IconWand } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { Segmented } from "../../components/Controls.tsx";
import { NumberField } from "../../components/NumberField.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { wholePercent } from "../../components/ProgressBar.tsx";
import { runningJob } from "../../state/results/jobStore.ts";
import { attempt } from "../../state/studio.ts";
import { changeTraining } from "../../state/whatIf/whatIfActions.ts";
import {
  defaultName,
  draftNameProblem,
  duplicateDraft,
  revertDraft,
  saveDraft,
  suggestForDraft,
} from "../../state/whatIf/whatIfKeep.ts";
import type { WhatIfState } from "../../state/whatIf/whatIfStore.ts";
import { EffectSection } from "./EffectSection.tsx";

/** The variant that is being made, what it does, what to add next, and keeping it. */
export function WhatIfInspector(): ReactNode {
  return (
    <>
      <VariantSection />
      <EffectSection />
      <SuggestNext />
      <KeepSection />
    </>
  );
}

function VariantSection(): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const { draft, name, description, origin } = useStore(
    studio.whatIf,
    useShallow((state) => ({
      draft: state.draft,
      name: state.name,
      description: state.description,
      origin: state.origin,
    })),
  );
  const { base, mode, seed } = draft;
  const problem = draftNameProblem(document, name, origin);
  const bases = (document.variants ?? []).map((variant) => variant.name);
  return (
    <section className="inspector-section" aria-label="Variant">
      <h2>Variant</h2>
      <div className="field-row">
        <span className="field-label">Name</span>
        <input
          className="text-field"
          aria-label="Name of the variant"
          aria-invalid={problem !== null}
          placeholder={defaultName(draft)}
          value={name}
          onChange={(event) => {
            studio.whatIf.setState({ name: event.target.value });
          }}
        />
      </div>
      {problem === null ? null : <p className="field-problem">{problem}</p>}
      <div className="field-row">
        <span className="field-label">About it</span>
        <input
          className="text-field"
          aria-label="Description of the variant"
          placeholder="A line for people"
          value={description}
          onChange={(event) => {
            studio.whatIf.setState({ description: event.target.value });
          }}
        />
      </div>
      <div className="field-row">
        <span className="field-label">Based on</span>
        <SelectField
          label="Variant that this is based on"
          value={base}
          options={bases.filter((one) => one !== origin).map((value) => ({ value, label: value }))}
          onChange={(chosen) => {
            changeTraining(studio, (now) => ({ ...now, base: chosen }));
          }}
        />
      </div>
      <div className="field-row">
        <span className="field-label">Keep size</span>
        <Segmented
          label="What comes in"
          value={mode}
          options={[
            { value: "replace", label: "Replace" },
            { value: "add", label: "Add" },
          ]}
          onChange={(chosen) => {
            changeTraining(studio, (now) => ({ ...now, mode: chosen }));
          }}
        />
      </div>
      {mode === "replace" ? (
        <div className="field-row">
          <span className="field-label">Remove</span>
          <NumberField
            label="Seed of the random structures that leave"
            value={seed}
            unit="random, by seed"
            step={1}
            onChange={(chosen) => {
              if (!Number.isInteger(chosen) || chosen < 0) return;
              changeTraining(studio, (now) => ({ ...now, seed: chosen }), "seed");
            }}
          />
        </div>
      ) : null}
    </section>
  );
}

const SCOPES: readonly { readonly value: WhatIfState["suggestScope"]; readonly label: string }[] = [
  { value: "worst", label: "Worst 5 %" },
  { value: "selected", label: "Selected atoms" },
  { value: "all", label: "All atoms" },
];

function SuggestNext(): ReactNode {
  const studio = useStudio();
  const { activeTarget } = useScene();
  const { hasSession, suggestCount, suggestScope } = useStore(
    studio.whatIf,
    useShallow((state) => ({
      hasSession: state.session !== null,
      suggestCount: state.suggestCount,
      suggestScope: state.suggestScope,
    })),
  );
  const job = useStore(studio.jobs, (state) => runningJob(state, "suggest"));
  const hasSelection = useStore(studio.selection, (state) =>
    state.selections.has(activeTarget?.key ?? ""),
  );
  const scope = suggestScope === "selected" && !hasSelection ? "worst" : suggestScope;
  const isCount = Number.isInteger(suggestCount) && suggestCount > 0;
  return (
    <section className="inspector-section" aria-label="Suggest next">
      <h2>Suggest next</h2>
      <div className="field-row">
        <span className="field-label">Lift</span>
        <SelectField
          label="Atoms to lift"
          value={scope}
          options={SCOPES.filter(({ value }) => value !== "selected" || hasSelection)}
          onChange={(value) => {
            const chosen = SCOPES.find((one) => one.value === value);
            if (chosen !== undefined) studio.whatIf.setState({ suggestScope: chosen.value });
          }}
        />
      </div>
      <p className="suggest-hint what-if-hint ellipsis">of {activeTarget?.label ?? "no target"}</p>
      <div className="field-row">
        <span className="field-label">Choose</span>
        <NumberField
          label="Structures to tick"
          value={suggestCount}
          unit="structures"
          step={1}
          invalid={!isCount}
          onChange={(count) => {
            studio.whatIf.setState({ suggestCount: count });
          }}
        />
      </div>
      <p className="section-note">Picks one at a time and accounts for those already ticked.</p>
      <div className="button-row">
        <Button
          disabled={!hasSession || activeTarget === null || job !== null || !isCount}
          onClick={() => {
            studio.whatIf.setState({ suggestScope: scope });
            attempt(studio, "No structures were suggested", () =>
              suggestForDraft(studio, activeTarget?.key ?? ""),
            );
          }}
        >
          <IconWand size={16} stroke={1.5} />
          {job === null
            ? `Suggest ${String(suggestCount)}`
            : `Searching, ${String(wholePercent(job.fraction))} %`}
        </Button>
      </div>
    </section>
  );
}

function KeepSection(): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const { draft, name, origin, problem } = useStore(studio.whatIf);
  const isKnown = (document.variants ?? []).some((variant) => variant.name === origin);
  const isEmpty = draft.deltas.size === 0 && !isKnown;
  const cannot = problem !== null || draftNameProblem(document, name, origin) !== null;
  const keep = (title: string, action: () => void): void => {
    attempt(studio, title, () => Promise.resolve().then(action));
  };
  return (
    <section className="inspector-section" aria-label="Keep">
      <h2>Keep</h2>
      <div className="button-row">
        <Button
          look="primary"
          disabled={isEmpty || cannot}
          onClick={() => {
            keep("The variant was not saved", () => {
              saveDraft(studio);
            });
          }}
        >
          Save variant
        </Button>
        <Button
          disabled={isEmpty || problem !== null}
          onClick={() => {
            keep("The variant was not duplicated", () => {
              duplicateDraft(studio);
            });
          }}
        >
          Duplicate
        </Button>
        <Button
          look="plain"
          disabled={draft.deltas.size === 0}
          onClick={() => {
            revertDraft(studio);
          }}
        >
          Revert
        </Button>
      </div>
    </section>
  );
}
