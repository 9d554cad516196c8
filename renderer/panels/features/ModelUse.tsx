import type { ReactNode } from "react";
import { Checkbox } from "../../components/Controls.tsx";

/** Whether the model is to be one of the imported features. */
export function ModelUse(props: {
  /** Files in use that have no features, which stand in the way. */
  readonly missing: readonly string[];
  readonly uses: boolean;
  readonly normalize: boolean;
  readonly onUse: (uses: boolean) => void;
  readonly onNormalize: (normalize: boolean) => void;
}): ReactNode {
  const { missing, uses } = props;
  return (
    <>
      <Checkbox
        label="Describe environments by them, with a linear model"
        checked={uses}
        disabled={missing.length > 0}
        onChange={props.onUse}
      />
      {missing.length === 0 ? null : (
        <p className="section-note">
          Possible when every file in use has features. Still without: {missing.join(", ")}.
        </p>
      )}
      <Checkbox
        label="Divide every row by its length"
        checked={props.normalize}
        disabled={!uses}
        onChange={props.onNormalize}
      />
    </>
  );
}
