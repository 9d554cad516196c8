import { HoverCard } from "radix-ui";
import { useEffect, useState, type ReactNode } from "react";
import type { DisplayStructure, DrawnStructure } from "../../../src/contract/display.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { formatDensity, formatPlural } from "../../components/formatNumber.ts";
import { attempt, type Studio } from "../../state/studio.ts";
import { previewSuggestion } from "../../state/suggest/suggestActions.ts";
import type { SuggestionRow } from "../../state/suggest/suggestRows.ts";
import type { Answered } from "../../state/suggest/suggestStore.ts";
import { StructurePreview } from "../StructurePreview.tsx";

/** px */
const SIZE = { width: 220, height: 180 };

/**
 * A row that shows its structure beside it, and its gain in the panels, while the pointer or the focus
 * is on it.
 */
export function CandidatePreview(props: {
  readonly answer: Answered;
  readonly row: SuggestionRow;
  readonly children: ReactNode;
}): ReactNode {
  const studio = useStudio();
  const { answer, row, children } = props;
  const [open, setOpen] = useState(false);
  return (
    <HoverCard.Root
      open={open}
      openDelay={120}
      closeDelay={60}
      onOpenChange={(next) => {
        setOpen(next);
        attempt(studio, "The gain could not be shown", () =>
          previewSuggestion(studio, answer, next ? row : null),
        );
      }}
    >
      <HoverCard.Trigger asChild>{children}</HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content
          className="menu candidate-card"
          side="left"
          align="start"
          sideOffset={12}
          collisionPadding={8}
        >
          <Candidate answer={answer} row={row} />
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}

function Candidate({
  answer,
  row,
}: {
  readonly answer: Answered;
  readonly row: SuggestionRow;
}): ReactNode {
  const drawn = useCandidate(answer, row);
  const facts = [
    formatPlural(row.nAtoms, "atom", "atoms"),
    ...(row.density === null ? [] : [formatDensity(row.density)]),
    ...(drawn === null ? [] : symmetryFacts(drawn.structure)),
  ];
  return (
    <>
      <div className="candidate-picture" style={SIZE}>
        {drawn === null ? null : (
          <StructurePreview {...drawn} label={`Structure of ${row.name}`} {...SIZE} />
        )}
      </div>
      <p className="candidate-name">{row.name}</p>
      <p className="suggest-hint candidate-facts">{facts.join(" · ")}</p>
      <p className="suggest-hint candidate-facts">The panels show its gain added alone.</p>
    </>
  );
}

/** What a generated crystal says about itself. */
function symmetryFacts({ info }: DisplayStructure): readonly string[] {
  const { spacegroup_symbol: symbol, spacegroup, shortest_distance: shortest } = info;
  return [
    ...(typeof symbol === "string" && symbol !== "" ? [`${symbol} (${String(spacegroup)})`] : []),
    ...(typeof shortest === "number" ? [`shortest ${shortest.toFixed(2)} Å`] : []),
  ];
}

function useCandidate(
  { jobId, result }: Answered,
  { rank, isGenerated }: SuggestionRow,
): DrawnStructure | null {
  const studio = useStudio();
  const [drawn, setDrawn] = useState<DrawnStructure | null>(null);
  const candidate = result.ranking[rank];
  useEffect(() => {
    if (candidate === undefined) return undefined;
    let isWanted = true;
    const { dataset, structureIndex } = candidate;
    attempt(studio, "The structure could not be shown", async () => {
      const found = isGenerated
        ? await studio.connection.request("crystal", { jobId, structureIndex })
        : await ofDataset(studio, { dataset, structureIndex });
      if (isWanted) setDrawn(found);
    });
    return () => {
      isWanted = false;
    };
  }, [studio, jobId, candidate, isGenerated]);
  return drawn;
}

async function ofDataset(
  { connection }: Studio,
  place: { readonly dataset: string; readonly structureIndex: number },
): Promise<DrawnStructure> {
  const [structure, bonds] = await Promise.all([
    connection.request("structure", place),
    connection.request("bonds", place),
  ]);
  return { structure, bonds };
}
