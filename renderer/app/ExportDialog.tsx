import type { ReactNode } from "react";
export function ExportDialog(_props: { readonly onClose: () => void }): ReactNode {
  return null;
}
