import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../app/StudioContext.tsx";
import { alikeColors } from "./artboard/alikeColors.ts";
import type { FigurePage } from "./artboard/useFigurePage.ts";

/** Above the page while it is seen as others see it: what they cannot tell apart. */
export function VisionStrip({ page }: { readonly page: FigurePage }): ReactNode {
  const vision = useStore(useStudio().composer, (state) => state.vision);
  if (vision === "normal") return null;
  const sentences = alikeColors(page.legends, vision);
  if (sentences.length === 0) return null;
  return (
    <div className="page-strip" role="status">
      <span>{sentences.join(" ")} Another map may keep them apart.</span>
    </div>
  );
}
