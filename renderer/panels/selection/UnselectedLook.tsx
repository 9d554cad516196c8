import type { ReactNode } from "react";
import { UNSELECTED_LOOKS } from "../../../src/project/figure.ts";
import { Segmented } from "../../components/Controls.tsx";
import type { UnselectedStyle } from "../../state/grid/viewStore.ts";

const LABELS: Readonly<Record<UnselectedStyle, string>> = {
  normal: "Normal",
  grey: "Grey",
  hidden: "Hidden",
};

/** How the atoms outside a selection look, in the window or in a figure. */
export function UnselectedLook(props: {
  readonly value: UnselectedStyle;
  readonly onChange: (value: UnselectedStyle) => void;
}): ReactNode {
  return (
    <Segmented
      label="How unselected atoms are drawn"
      value={props.value}
      options={UNSELECTED_LOOKS.map((value) => ({ value, label: LABELS[value] }))}
      onChange={props.onChange}
    />
  );
}
