import { useEffect, useRef, type PointerEvent } from "react";
import { useStudio } from "../../app/StudioContext.tsx";
import { setMembership, changeCopies } from "../../../src/project/whatIfDraft.ts";
import { changeTraining, trainingOfDraft } from "../../state/whatIf/whatIfActions.ts";
import { endDraftGesture } from "../../state/whatIf/whatIfStore.ts";
import type { StructureRow } from "../../state/whatIf/whatIfRows.ts";

/** Ways of changing what is ticked. */
export interface Ticking {
  /** Puts rows in or takes them out; with a gesture, changes in a row are one step of undo. */
  set(rows: readonly StructureRow[], isIn: boolean, gesture?: string): void;
  /** One copy more or less. */
  addCopies(row: StructureRow, by: number): void;
  /** Pressing a box ticks it; moving on over other boxes gives them the same state. */
  onPress(row: StructureRow, isIn: boolean, event: PointerEvent): void;
  onEnter(row: StructureRow): void;
}

export function useTicking(): Ticking {
  const studio = useStudio();
  const drag = useRef<{ readonly isIn: boolean; readonly gesture: string } | null>(null);
  useEffect(() => {
    const stop = (): void => {
      if (drag.current === null) return;
      drag.current = null;
      endDraftGesture(studio.whatIf);
    };
    window.addEventListener("pointerup", stop);
    window.addEventListener("pointercancel", stop);
    return () => {
      window.removeEventListener("pointerup", stop);
      window.removeEventListener("pointercancel", stop);
    };
  }, [studio]);
  const set = (rows: readonly StructureRow[], isIn: boolean, gesture?: string): void => {
    changeTraining(
      studio,
      (draft) => {
        const found = trainingOfDraft(studio, draft);
        // Of an impossible training set only the changes are known.
        const countOf = (row: StructureRow): number =>
          "counts" in found
            ? (found.counts.get(row.key) ?? 0)
            : Math.max(0, row.atBase + (draft.deltas.get(row.key) ?? 0));
        return rows.reduce(
          (now, row) =>
            setMembership(now, row.key, isIn, { present: countOf(row), atBase: row.atBase }),
          draft,
        );
      },
      gesture ?? null,
    );
    if (gesture === undefined) endDraftGesture(studio.whatIf);
  };
  return {
    set,
    addCopies: (row, by) => {
      changeTraining(studio, (draft) => {
        const found = trainingOfDraft(studio, draft);
        const present = "counts" in found ? (found.counts.get(row.key) ?? 0) : 0;
        return present + by < 0 ? draft : changeCopies(draft, [[row.key, by]]);
      });
    },
    onPress: (row, isIn, event) => {
      // Else the pointer would stay with the box that was pressed.
      if (event.currentTarget instanceof Element) {
        event.currentTarget.releasePointerCapture(event.pointerId);
      }
      const gesture = `drag ${String(event.timeStamp)}`;
      drag.current = { isIn, gesture };
      set([row], isIn, gesture);
    },
    onEnter: (row) => {
      if (drag.current !== null) set([row], drag.current.isIn, drag.current.gesture);
    },
  };
}
