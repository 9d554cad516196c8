/** What a window is opened for. */
import type { FigureRun } from "./figureRun.ts";

/** What a new window is asked to show. */
export type Asked =
  | { readonly kind: "nothing" }
  | { readonly kind: "example" }
  | { readonly kind: "files"; readonly files: readonly string[] }
  | { readonly kind: "recovery"; readonly id: string }
  | { readonly kind: "figures"; readonly run: FigureRun };
