import { useEffect, type ReactNode } from "react";
import { useStore } from "zustand";
import { undoChange } from "../state/project/history.ts";
import { dismissMessage } from "../state/window/messageStore.ts";
import { useStudio } from "./StudioContext.tsx";

const SHOWN_MS = 6000;

export function MessageToast(): ReactNode {
  const studio = useStudio();
  const message = useStore(studio.messages, (state) => state.message);
  useEffect(() => {
    if (message === null) return;
    const timer = setTimeout(() => {
      dismissMessage(studio.messages, message.id);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [studio, message]);
  return (
    <div className="message-place" role="status">
      {message === null ? null : (
        <div className="message">
          <span>{message.text}</span>
          {message.undo ? (
            <button
              type="button"
              className="link"
              onClick={() => {
                undoChange(studio);
                dismissMessage(studio.messages, message.id);
              }}
            >
              Undo
            </button>
          ) : null}
        </div>
      )}
    </div>
  );
}
