import { IconChevronDown } from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import { Fragment, type ReactNode } from "react";
import { useStore } from "zustand";
import type { FigureDefinition, FigureElement } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { wholePercent } from "../../components/ProgressBar.tsx";
import { addMap, missingForCompute } from "../../state/project/documentEdits.ts";
import { runningJob } from "../../state/results/jobStore.ts";
import { compute } from "../../state/project/projectActions.ts";
import { offerCommittee } from "../../state/grid/viewStore.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import { attempt } from "../../state/studio.ts";
import { listTargets } from "../../state/project/targets.ts";
import { editFigure } from "../composerActions.ts";
import { stateText, type ElementState } from "../elementStates.ts";
import {
  elementsWithTarget,
  elementsWithVariant,
  replaceTarget,
  replaceVariant,
} from "../edits/replaceNamed.ts";

interface ElementNoticeProps {
  readonly figure: FigureDefinition;
  readonly element: FigureElement;
  readonly state: ElementState;
}

/** Why an element shows nothing, and what to do about it. */
export function ElementNotice(props: ElementNoticeProps): ReactNode {
  const { state } = props;
  switch (state.kind) {
    case "notComputed":
    case "noMap":
      return <ComputeNotice state={state} />;
    case "goneVariant":
    case "goneTarget":
      return <GoneNotice {...props} />;
    case "noCommittee":
      return <CommitteeNotice text={stateText(state)} />;
    case "reading":
    case "problem":
      return <p>{stateText(state)}</p>;
  }
}

/** Progress while it is computed; why not, where the project is not ready for it. */
function ComputeNotice(props: {
  readonly state: Extract<ElementState, { readonly kind: "notComputed" | "noMap" }>;
}): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const job = useStore(studio.jobs, (state) => runningJob(state, "compute"));
  const missing = missingForCompute(document);
  const isMap = props.state.kind === "noMap";
  if (job !== null) return <p>Computing, {wholePercent(job.fraction)} %</p>;
  return (
    <>
      <p>{stateText(props.state)}</p>
      {missing === null ? (
        <Button
          size="small"
          onClick={() => {
            if (isMap) changeDocument(studio.project, "Add a kernel map", addMap);
            attempt(studio, "Nothing was computed", () => compute(studio));
          }}
        >
          {isMap ? "Add a map and compute" : "Compute"}
        </Button>
      ) : (
        <p>{missing}</p>
      )}
    </>
  );
}

function CommitteeNotice({ text }: { readonly text: string }): ReactNode {
  const studio = useStudio();
  return (
    <>
      <p>{text}</p>
      <Button
        size="small"
        onClick={() => {
          offerCommittee(studio.view);
        }}
      >
        Add a committee…
      </Button>
    </>
  );
}

interface Other {
  readonly key: string;
  readonly label: string;
  /** The figure with this one in the place of the one that is gone. */
  readonly into: (figure: FigureDefinition, ids: readonly string[]) => FigureDefinition;
}

/** What can be shown instead, and the elements that show what is gone. */
function useOthers({ figure, state }: Omit<ElementNoticeProps, "element">): {
  readonly others: readonly Other[];
  readonly users: readonly string[];
} {
  const studio = useStudio();
  const document = useStore(studio.project, (one) => one.document);
  const summaries = useStore(studio.datasets, (one) => one.summaries);
  if (state.kind === "goneVariant") {
    const others = (document.variants ?? []).map(({ name }): Other => ({
      key: name,
      label: name,
      into: (now, ids) => replaceVariant(now, ids, state.name, name),
    }));
    return { others, users: elementsWithVariant(figure, state.name) };
  }
  if (state.kind !== "goneTarget") return { others: [], users: [] };
  const others = listTargets(document, summaries).map(
    ({ key, label, dataset, structureIndex }): Other => ({
      key,
      label,
      into: (now, ids) =>
        replaceTarget(now, ids, state.target, { dataset, structure: structureIndex }),
    }),
  );
  return { others, users: elementsWithTarget(figure, state.target) };
}

function GoneNotice({ figure, element, state }: ElementNoticeProps): ReactNode {
  const studio = useStudio();
  const { others, users } = useOthers({ figure, state });
  const what = state.kind === "goneVariant" ? "variant" : "target";
  const groups = [
    { title: `Another ${what} here`, ids: [element.id] },
    ...(users.length > 1
      ? [{ title: `In all ${String(users.length)} elements that name it`, ids: users }]
      : []),
  ];
  return (
    <>
      <p>{stateText(state)}</p>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="button bordered small" disabled={others.length === 0}>
          Show another
          <IconChevronDown size={12} stroke={1.5} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" sideOffset={4} collisionPadding={8}>
            {groups.map(({ title, ids }) => (
              <Fragment key={title}>
                <DropdownMenu.Label className="menu-label">{title}</DropdownMenu.Label>
                {others.map(({ key, label, into }) => (
                  <DropdownMenu.Item
                    key={key}
                    className="menu-item"
                    onSelect={() => {
                      editFigure(studio, `Show another ${what}`, (now) => into(now, ids));
                    }}
                  >
                    {label}
                  </DropdownMenu.Item>
                ))}
              </Fragment>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </>
  );
}
