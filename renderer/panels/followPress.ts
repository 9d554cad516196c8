/** Movement up to which a press is a click, CSS px. */
const CLICK_SLACK = 4;

/** What becomes of a press that moves. */
export interface PressFollower {
  /** With every move, once the press is more than a click. */
  move(x: number, y: number): void;
  /** Let go after it has moved. */
  drop(): void;
  /** Always, last: let go, given up with Escape, or taken away. */
  end(): void;
}

/**
 * Follows the pointer from a press until it is released.
 * @returns a function that gives the drag up
 */
export function followPress(
  from: { readonly clientX: number; readonly clientY: number },
  follower: PressFollower,
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let hasMoved = false;
  const end = (): void => {
    listening.abort();
    follower.end();
  };
  window.addEventListener(
    "pointermove",
    ({ clientX, clientY }) => {
      hasMoved ||= Math.hypot(clientX - from.clientX, clientY - from.clientY) > CLICK_SLACK;
      if (hasMoved) follower.move(clientX, clientY);
    },
    { signal },
  );
  window.addEventListener(
    "pointerup",
    () => {
      if (hasMoved) {
        swallowClick();
        follower.drop();
      }
      end();
    },
    { signal },
  );
  window.addEventListener("pointercancel", end, { signal });
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      end();
    },
    { signal, capture: true },
  );
  return end;
}

/** The release that ends a drag is no click on what lies below. */
function swallowClick(): void {
  const listening = new AbortController();
  window.addEventListener(
    "click",
    (event) => {
      event.stopPropagation();
      event.preventDefault();
    },
    { capture: true, signal: listening.signal },
  );
  setTimeout(() => {
    listening.abort();
  }, 0);
}
