import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { StateMark } from "../../components/StateMark.tsx";
import { unreadTargets } from "../../state/project/targets.ts";
import { showDrawer } from "../../state/grid/viewStore.ts";
import { DatasetMenu } from "./TreeMenus.tsx";
import { TreeEmpty } from "./TreeSection.tsx";

/** Targets that cannot be listed, or that there are none. A file that failed leads to Problems. */
export function UnreadTargets({ isEmpty }: { readonly isEmpty: boolean }): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const files = useStore(studio.datasets);
  const unread = unreadTargets(document, files);
  if (isEmpty && unread.length === 0) return <TreeEmpty text="No structures yet" />;
  return unread.map(({ dataset, failed }) => {
    const label = document.datasets[dataset]?.label ?? dataset;
    if (!failed) return <TreeEmpty key={dataset} text={`Reading ${label}`} />;
    return (
      <DatasetMenu key={dataset} dataset={dataset}>
        <button
          type="button"
          className="tree-row"
          data-tree-row
          data-failed
          title={`${label} could not be read. Problems says why, and what can be done.`}
          onClick={() => {
            showDrawer(studio.view, "problems");
          }}
        >
          <StateMark state="failed" />
          <span className="ellipsis">{label}</span>
          <span className="tree-count">not read</span>
        </button>
      </DatasetMenu>
    );
  });
}
