import { useMemo, type ReactNode } from "react";
import type { Category } from "../color/categories.ts";
import { formatCount } from "../components/formatNumber.ts";

/** How many atoms of each category there are. Scalars hold (code + ½) / 256, as the table is read. */
export function CategoryBars(props: {
  readonly scalars: Float32Array | null;
  readonly categories: readonly Category[];
}): ReactNode {
  const { scalars, categories } = props;
  const counts = useMemo(() => {
    const tally = new Array<number>(categories.length).fill(0);
    scalars?.forEach((scalar) => {
      if (scalar < 0) return;
      const code = Math.floor(scalar * 256);
      tally[code] = (tally[code] ?? 0) + 1;
    });
    return tally;
  }, [scalars, categories]);
  const total = scalars?.length ?? 0;
  if (total === 0) return <p className="pane-empty">Waiting for the atoms</p>;
  return (
    <ul className="category-bars">
      {categories.map((category, code) => {
        const count = counts[code] ?? 0;
        if (count === 0) return null;
        const percent = (100 * count) / total;
        return (
          <li key={category.label}>
            <span className="ellipsis">{category.label}</span>
            <span className="category-track">
              <span
                style={{ width: `${String(percent)}%`, background: category.color }}
                className="category-bar"
              />
            </span>
            <span className="number">{formatCount(count)}</span>
            <span className="number muted">{percent.toFixed(1)} %</span>
          </li>
        );
      })}
    </ul>
  );
}
