/** Whether a button of the pointer is held down: a movement goes on as long as it is. */
export interface PointerHold {
  readonly isHeld: () => boolean;
  readonly press: () => void;
  readonly release: () => void;
}

export function createPointerHold(): PointerHold {
  let held = false;
  return {
    isHeld: () => held,
    press() {
      held = true;
    },
    release() {
      held = false;
    },
  };
}
