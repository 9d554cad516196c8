import type { KeyboardEvent, ReactNode } from "react";
import { AddSection } from "./AddSection.tsx";
import { FiguresSection } from "./FiguresSection.tsx";
import { LayersSection } from "./LayersSection.tsx";

/** Figures, the layers of the open one, and what can be added. */
export function FigureTree(): ReactNode {
  return (
    <nav
      className="tree figure-tree"
      data-region
      tabIndex={-1}
      aria-label="Figures"
      onKeyDown={moveBetweenRows}
    >
      <FiguresSection />
      <LayersSection />
      <AddSection />
    </nav>
  );
}

function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.defaultPrevented || event.altKey) return;
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-tree-row]")];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)] ?? rows[0];
  next?.focus();
  event.preventDefault();
}
