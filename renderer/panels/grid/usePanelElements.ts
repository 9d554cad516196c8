import { useCallback, useRef, useState } from "react";

export interface PanelElements {
  readonly elements: ReadonlyMap<string, HTMLElement>;
  /** The same ref callback for the same panel, so that React does not detach and attach it. */
  readonly refOf: (id: string) => (element: HTMLElement | null) => void;
}

/** The elements that the one canvas draws over. */
export function usePanelElements(): PanelElements {
  const [elements, setElements] = useState<ReadonlyMap<string, HTMLElement>>(new Map());
  const refs = useRef(new Map<string, (element: HTMLElement | null) => void>());
  const refOf = useCallback((id: string) => {
    const known = refs.current.get(id);
    if (known !== undefined) return known;
    const attach = (element: HTMLElement | null): void => {
      setElements((before) => {
        if ((before.get(id) ?? null) === element) return before;
        const next = new Map(before);
        if (element === null) next.delete(id);
        else next.set(id, element);
        return next;
      });
    };
    refs.current.set(id, attach);
    return attach;
  }, []);
  return { elements, refOf };
}
