import type { ReactNode } from "react";
import { formatPlural } from "../../components/formatNumber.ts";
import type { ClientPoint } from "../../scene/panelSpec.ts";

export interface LassoProgress {
  readonly count: number;
  readonly at: ClientPoint;
}

/** How many atoms the lasso holds now, beside the pointer. */
export function LassoCount({ progress }: { readonly progress: LassoProgress | null }): ReactNode {
  if (progress === null) return null;
  const { x, y } = progress.at;
  return (
    <div
      className="lasso-count"
      style={{ transform: `translate(${String(x + 14)}px, ${String(y + 14)}px)` }}
    >
      {formatPlural(progress.count, "atom", "atoms")}
    </div>
  );
}
