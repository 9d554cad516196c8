import { useState, type DragEvent, type KeyboardEvent } from "react";

/** Says that a drag is one of rows, not of files. */
const TYPE = "application/x-lpr-row";

/** Props of a row that can be dragged to another place, or moved there with Alt and an arrow. */
export interface OrderedRow {
  readonly draggable: true;
  readonly "data-dropping": boolean;
  readonly onDragStart: (event: DragEvent) => void;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: () => void;
  readonly onDrop: (event: DragEvent) => void;
  readonly onDragEnd: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** A list whose order is changed by hand. `list` keeps drags of other lists out. */
export function useRowOrder(
  list: string,
  move: (from: number, to: number) => void,
): (place: number) => OrderedRow {
  const [over, setOver] = useState<number | null>(null);
  const type = `${TYPE}-${list}`;
  return (place) => ({
    draggable: true,
    "data-dropping": over === place,
    onDragStart: (event) => {
      event.dataTransfer.setData(type, String(place));
      event.dataTransfer.effectAllowed = "move";
    },
    onDragOver: (event) => {
      if (!event.dataTransfer.types.includes(type)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      setOver(place);
    },
    onDragLeave: () => {
      setOver(null);
    },
    onDrop: (event) => {
      const from = event.dataTransfer.getData(type);
      setOver(null);
      if (from === "") return;
      event.preventDefault();
      event.stopPropagation();
      move(Number(from), place);
    },
    onDragEnd: () => {
      setOver(null);
    },
    onKeyDown: (event) => {
      if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
      event.preventDefault();
      move(place, place + (event.key === "ArrowUp" ? -1 : 1));
    },
  });
}
