import { useEffect } from "react";
import { isMac } from "../components/shortcutText.ts";
import { isCommandEnabled } from "../state/window/commandActions.ts";
import { FieldDrafts } from "./fieldDrafts.ts";
import { commandForKey, type KeyPlace } from "./keyboard.ts";
import { focusNextRegion } from "./regions.ts";
import type { StudioContextValue } from "./StudioContext.tsx";

/** Fields of one line; a check box has no text to undo. */
function isTextInput(target: EventTarget | null): target is HTMLInputElement {
  return (
    target instanceof HTMLInputElement && !["checkbox", "radio", "range"].includes(target.type)
  );
}

/** Text of several lines keeps its own undo until the editor is closed. */
function isTextArea(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** What Radix places beside something on the page; dialogs that want an answer are not in it. */
const FLOATING = "[data-radix-popper-content-wrapper]";
const DIALOG = "[role=dialog],[role=alertdialog]";

function isModalOpen(): boolean {
  return [...document.querySelectorAll(DIALOG)].some((one) => one.closest(FLOATING) === null);
}

/** A menu or list may be open a moment before it has the focus. */
function isMenuOpen(): boolean {
  return document.querySelector(`${FLOATING} :is([role=menu],[role=listbox])`) !== null;
}

/** Where a key was pressed, which decides whose it is. */
function keyPlaceOf(target: EventTarget | null, drafts: FieldDrafts): KeyPlace {
  if (isModalOpen()) return "modal";
  if (isTextArea(target)) return "draft";
  if (isTextInput(target)) return drafts.isTypedIn(target) ? "draft" : "field";
  if (isMenuOpen()) return "menu";
  const isInPopover = target instanceof Element && target.closest(DIALOG) !== null;
  return isInPopover ? "popover" : "page";
}

/** The space bar presses what has the focus. */
function isPressed(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("button,a,select,[role=button],[role=checkbox],[role=tab],[role=option]") !==
      null
  );
}

/**
 * A letter on a list that is closed. It is a command as anywhere on the page; type-ahead would change
 * what is chosen as well, unseen.
 */
function isLetterOnClosedList({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (key.length !== 1 || key === " " || ctrlKey || metaKey || altKey) return false;
  return target instanceof Element && target.closest("button[role=combobox]") !== null;
}

/** A menu is closed before a command that it has nothing to do with. */
function closeMenu(): void {
  const escape = { key: "Escape", bubbles: true, cancelable: true };
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", escape));
}

/** Shortcuts of the whole window. */
export function useKeyboard({ studio, run }: StudioContextValue): void {
  useEffect(() => {
    const drafts = new FieldDrafts();
    const noteInput = (kind: "pointer" | "keyboard"): void => {
      document.documentElement.dataset["input"] = kind;
    };
    const onPointerDown = (): void => {
      noteInput("pointer");
    };
    const onInput = ({ target }: Event): void => {
      drafts.typed(target);
    };
    const onFocusOut = (): void => {
      drafts.left();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target } = event;
      noteInput("keyboard");
      const place = keyPlaceOf(target, drafts);
      if (isTextInput(target)) {
        drafts.pressed({
          key: event.key,
          isComposing: event.isComposing,
          steps: target.dataset["steps"] === "true",
        });
      }
      if (event.defaultPrevented || place === "modal") return;
      if (event.key === " " && isPressed(target)) return;
      if (event.key === "F6" && (place === "page" || place === "field" || place === "draft")) {
        event.preventDefault();
        focusNextRegion(event.shiftKey ? -1 : 1);
        return;
      }
      const id = commandForKey(event, place, isMac());
      // A key that does nothing here is left to whoever else listens, such as the Learn view.
      if (id === null || !isCommandEnabled(studio, id)) return;
      event.preventDefault();
      if (place === "menu") closeMenu();
      run(id);
    };
    const onKeyDownFirst = (event: KeyboardEvent): void => {
      if (!isLetterOnClosedList(event)) return;
      event.stopPropagation();
      onKeyDown(event);
    };
    window.addEventListener("keydown", onKeyDownFirst, true);
    window.addEventListener("pointerdown", onPointerDown, true);
    window.addEventListener("input", onInput, true);
    window.addEventListener("focusout", onFocusOut, true);
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDownFirst, true);
      window.removeEventListener("pointerdown", onPointerDown, true);
      window.removeEventListener("input", onInput, true);
      window.removeEventListener("focusout", onFocusOut, true);
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [studio, run]);
}
