import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { formatCount } from "../components/formatNumber.ts";
import { SelectField } from "../components/SelectField.tsx";
import { chartStore } from "./chartStore.ts";

/** Which targets the charts are of; nothing to choose while all are shown. */
export function AtomsOfField(): ReactNode {
  const { rows, targets } = useScene();
  const atomsOf = useStore(chartStore, (state) => state.atomsOf);
  if (rows.length === targets.length) return null;
  return (
    <SelectField
      look="slim"
      label="Targets of the charts"
      value={atomsOf}
      shown={
        atomsOf === "all"
          ? `all ${formatCount(targets.length)} targets`
          : `${formatCount(rows.length)} of ${formatCount(targets.length)} targets`
      }
      options={[
        { value: "shown", label: `Targets that are shown (${formatCount(rows.length)})` },
        { value: "all", label: `All targets (${formatCount(targets.length)})` },
      ]}
      onChange={(value) => {
        chartStore.setState({ atomsOf: value === "all" ? "all" : "shown" });
      }}
    />
  );
}
