import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { LEAST_LEGIBLE } from "../../src/project/figure.ts";
import { useStudio } from "../app/StudioContext.tsx";
import { Button } from "../components/Button.tsx";
import { formatPlural } from "../components/formatNumber.ts";
import { say } from "../state/window/messageStore.ts";
import type { FigurePage } from "./artboard/useFigurePage.ts";
import { editFigure } from "./composerActions.ts";
import { smallerLetters } from "./edits/smallerLetters.ts";

/** How many warnings and remarks the figure has; pressed, what they say. */
export function FigureNotes({ page }: { readonly page: FigurePage }): ReactNode {
  const studio = useStudio();
  const warnings = useStore(studio.composer, (state) => state.warnings);
  const remarks = useStore(studio.composer, (state) => state.remarks);
  if (warnings.length + remarks.length === 0) return null;
  const isWarning = warnings.length > 0;
  const Icon = isWarning ? IconAlertTriangle : IconInfoCircle;
  const text = isWarning
    ? formatPlural(warnings.length, "warning", "warnings")
    : formatPlural(remarks.length, "remark", "remarks");
  return (
    <Popover.Root>
      <Popover.Trigger className="button plain normal figure-notes" data-warning={isWarning}>
        <Icon size={16} stroke={1.5} />
        {text}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu figure-notes-list"
          side="top"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Warnings and remarks"
        >
          <NoteList title="To mend before it is sent off" notes={warnings} look="figure-warnings" />
          {page.composed.crowded.length === 0 ? null : <SmallerLetters page={page} />}
          <NoteList title="For its readers to know" notes={remarks} look="figure-remarks" />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What a figure needs that was made for a wider page. */
function SmallerLetters({ page }: { readonly page: FigurePage }): ReactNode {
  const studio = useStudio();
  return (
    <div className="figure-notes-action">
      <Button
        size="small"
        onClick={() => {
          const { figure, crowdedOf } = page;
          const { style, elements } = smallerLetters(figure, crowdedOf);
          if (style === figure.style) {
            say(studio.messages, NO_LETTERS);
          } else {
            editFigure(studio, "Make letters smaller", (now) => ({ ...now, style, elements }));
          }
        }}
      >
        Make letters smaller
      </Button>
      <span className="section-note">to no less than {LEAST_LEGIBLE} pt</span>
    </div>
  );
}

const NO_LETTERS = `Letters of ${String(LEAST_LEGIBLE)} pt have no room either. Make the panels larger or the words shorter.`;

function NoteList(props: {
  readonly title: string;
  readonly notes: readonly string[];
  readonly look: string;
}): ReactNode {
  if (props.notes.length === 0) return null;
  return (
    <>
      <h3 className="menu-label">{props.title}</h3>
      <ul className={props.look}>
        {props.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}
