import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { SelectField } from "../components/SelectField.tsx";
import { chartStore } from "./chartStore.ts";

const AUTOMATIC = "automatic";

/** What the classes of atoms are, in every chart and table. */
export function ClassField(): ReactNode {
  const { properties } = useScene();
  const chosen = useStore(chartStore, (state) => state.classesOf);
  const known = properties.filter(({ kind }) => kind === "category");
  const value = known.some(({ id }) => id === chosen) ? (chosen ?? AUTOMATIC) : AUTOMATIC;
  return (
    <SelectField
      look="slim"
      label="Classes of atoms"
      value={value}
      {...(value === AUTOMATIC ? { shown: "Classes: automatic" } : {})}
      options={[
        { value: AUTOMATIC, label: "As suits the species" },
        ...known.map(({ id, label }) => ({ value: id, label })),
      ]}
      onChange={(id) => {
        chartStore.setState({ classesOf: id === AUTOMATIC ? null : id });
      }}
    />
  );
}
