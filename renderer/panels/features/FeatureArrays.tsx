import type { ReactNode } from "react";
import type { ArrayPreview, FeaturePreview } from "../../../src/contract/features.ts";
import { formatCount } from "../../components/formatNumber.ts";

/** Name, shape, type and first values of every array of a file. */
export function FeatureArrays({ arrays }: { readonly arrays: readonly ArrayPreview[] }): ReactNode {
  return (
    <table className="feature-arrays" aria-label="Arrays of the file">
      <thead>
        <tr>
          <th scope="col">Array</th>
          <th scope="col">Shape</th>
          <th scope="col">Type</th>
          <th scope="col">First values</th>
        </tr>
      </thead>
      <tbody>
        {arrays.map((array) => (
          <tr key={array.name}>
            <th scope="row">{array.name ?? "the only one"}</th>
            <td>{array.shape.map(formatCount).join(" × ") || "one number"}</td>
            <td title={layoutOf(array)}>{array.descriptor.replace(/^[<>|=]/u, "")}</td>
            <td>
              {array.head.map((row, index) => (
                <div key={index}>{row.map(formatFeature).join("  ")}</div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Arrays of the file that are not offered, and why. */
export function RefusedArrays({ refused }: Pick<FeaturePreview, "refused">): ReactNode {
  return refused.map(({ name, reason }) => (
    <p key={name} className="section-note">
      <b>{name}</b> is not offered. {reason}
    </p>
  ));
}

/** How the numbers lie in the file, which makes no difference to what is read. */
function layoutOf({ descriptor, fortranOrder }: ArrayPreview): string {
  const order = descriptor.startsWith(">") ? "big-endian" : "little-endian";
  return `${descriptor}: ${order}, ${fortranOrder ? "columns" : "rows"} one after the other`;
}

function formatFeature(value: number): string {
  return String(Number(value.toPrecision(4))).replace("-", "−");
}
