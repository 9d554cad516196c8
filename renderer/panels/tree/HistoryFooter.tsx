import { IconHistory } from "@tabler/icons-react";
import { Popover } from "radix-ui";
import { type ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { formatPlural } from "../../components/formatNumber.ts";
import { historyOf, jumpTo } from "../../state/project/history.ts";
import { attempt } from "../../state/studio.ts";

/** Below the tree: how many changes were made, and a list of them to go back to any. */
export function HistoryFooter(): ReactNode {
  const studio = useStudio();
  useStore(studio.project, (state) => state.undoable);
  useStore(studio.project, (state) => state.redoable);
  const { labels, done } = historyOf(studio);
  return (
    <div className="tree-footer">
      <Popover.Root>
        <Popover.Trigger className="tree-row" data-tree-row disabled={labels.length === 0}>
          <IconHistory size={14} stroke={1.5} />
          <span className="ellipsis">History</span>
          <span className="tree-count">{formatPlural(done, "step", "steps")}</span>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className="menu history-list"
            side="top"
            align="start"
            sideOffset={4}
            collisionPadding={8}
            aria-label="History"
          >
            <ol>
              {["Opened", ...labels].map((label, index) => (
                <li key={index}>
                  <button
                    type="button"
                    className="menu-item"
                    aria-current={index === done ? "step" : undefined}
                    data-undone={index > done}
                    ref={(element) => {
                      if (index === done) element?.scrollIntoView({ block: "nearest" });
                    }}
                    onClick={() => {
                      attempt(studio, "The files were not read", () => jumpTo(studio, index));
                    }}
                  >
                    <span className="history-number">{index === 0 ? "" : index}</span>
                    <span className="ellipsis">{label}</span>
                  </button>
                </li>
              ))}
            </ol>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}
