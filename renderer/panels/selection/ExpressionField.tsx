import { IconHistory } from "@tabler/icons-react";
import { DropdownMenu, Popover } from "radix-ui";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { Completion, Completions } from "../../expression/completeExpression.ts";
import { withCompletion } from "../../expression/completeExpression.ts";
import type { Span } from "../../../src/project/expression/expressionSyntax.ts";
import type { SelectMode } from "../../state/selection/selectionStore.ts";

interface ExpressionFieldProps {
  readonly text: string;
  /** Characters to be underlined. */
  readonly problem: Span | null;
  readonly history: readonly string[];
  /** Grows whenever the field is to have the focus. */
  readonly calls: number;
  readonly describedBy: string;
  readonly complete: (text: string, caret: number) => Completions;
  readonly onChange: (text: string) => void;
  readonly onApply: (mode: SelectMode) => void;
}

/**
 * A line of code with underlined mistakes, completion of names and a history. Enter selects, Shift
 * Enter adds, Alt Enter removes, as clicks on atoms do.
 */
export function ExpressionField(props: ExpressionFieldProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const completion = useCompletion(props, input);
  useFocusOnCall(props.calls, input);
  const listId = useId();
  const { items, chosen } = completion;
  // A word that is still being typed is no mistake yet.
  const problem = items.length > 0 ? null : props.problem;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (completion.takeKey(event)) return;
    if (event.key === "Enter") {
      event.preventDefault();
      props.onApply(event.altKey ? "remove" : event.shiftKey ? "add" : "replace");
    }
    if (event.key === "Escape" && props.text !== "") {
      event.stopPropagation();
      props.onChange("");
    }
  };
  return (
    <Popover.Root open={items.length > 0}>
      <Popover.Anchor asChild>
        <div className="expression-field" data-invalid={problem !== null}>
          <Underline text={props.text} span={problem} input={input} />
          <input
            ref={input}
            type="text"
            role="combobox"
            aria-label="Select by expression"
            aria-autocomplete="list"
            aria-expanded={items.length > 0}
            aria-controls={listId}
            aria-describedby={props.describedBy}
            aria-invalid={problem !== null}
            {...(items.length > 0
              ? { "aria-activedescendant": `${listId}-${String(chosen)}` }
              : {})}
            placeholder="coordination == 3 && lpr < p5"
            spellCheck={false}
            autoComplete="off"
            value={props.text}
            onChange={(event) => {
              props.onChange(event.target.value);
              completion.open();
            }}
            onKeyDown={onKeyDown}
            onClick={completion.close}
            onBlur={completion.close}
          />
          <History history={props.history} onChoose={props.onChange} />
        </div>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="menu completions"
          align="start"
          sideOffset={2}
          collisionPadding={8}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
          }}
        >
          <ul id={listId} role="listbox" aria-label="Names">
            {items.map((item, index) => (
              <li
                key={item.text}
                id={`${listId}-${String(index)}`}
                role="option"
                aria-selected={index === chosen}
                className="menu-item"
                {...(index === chosen ? { "data-highlighted": "" } : {})}
                ref={index === chosen ? keepInView : undefined}
                onPointerDown={(event) => {
                  event.preventDefault();
                  completion.accept(item);
                }}
              >
                <code>{item.text}</code>
                <span className="completion-about">{item.about}</span>
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function keepInView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

function useFocusOnCall(calls: number, input: { readonly current: HTMLInputElement | null }): void {
  const seen = useRef(calls);
  useEffect(() => {
    if (seen.current === calls) return;
    seen.current = calls;
    input.current?.scrollIntoView({ block: "nearest" });
    input.current?.focus();
    input.current?.select();
  }, [calls, input]);
}

interface CompletionState {
  readonly items: readonly Completion[];
  readonly chosen: number;
  readonly open: () => void;
  readonly close: () => void;
  readonly accept: (item: Completion) => void;
  /** True when the list made use of the key. */
  readonly takeKey: (event: KeyboardEvent) => boolean;
}

const CLOSED = { span: { start: 0, end: 0 }, items: [] } as const;

function useCompletion(
  { text, complete, onChange }: ExpressionFieldProps,
  input: { readonly current: HTMLInputElement | null },
): CompletionState {
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const caret = useRef<number | null>(null);
  // The caret is moved once the field shows the completed text.
  useEffect(() => {
    if (caret.current === null) return;
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text, input]);
  const [at, setAt] = useState(0);
  const found: Completions = isOpen ? complete(text, Math.min(at, text.length)) : CLOSED;
  const { items, span } = found;
  const current = Math.min(chosen, Math.max(0, items.length - 1));
  const close = (): void => {
    setOpen(false);
  };
  const accept = (item: Completion): void => {
    onChange(withCompletion(text, span, item));
    caret.current = span.start + item.caret;
    close();
  };
  return {
    items,
    chosen: current,
    close,
    accept,
    open: () => {
      setAt(input.current?.selectionStart ?? text.length);
      setChosen(0);
      setOpen(true);
    },
    takeKey: (event) => {
      const item = items[current];
      if (item === undefined) return false;
      switch (event.key) {
        case "ArrowDown":
          setChosen((current + 1) % items.length);
          break;
        case "ArrowUp":
          setChosen((current + items.length - 1) % items.length);
          break;
        case "Tab":
        case "Enter":
          if (event.shiftKey || event.altKey) return false;
          accept(item);
          break;
        case "Escape":
          close();
          event.stopPropagation();
          break;
        default:
          return false;
      }
      event.preventDefault();
      return true;
    },
  };
}

/** The same text behind the field, with a wavy line where it is wrong. */
function Underline(props: {
  readonly text: string;
  readonly span: Span | null;
  readonly input: { readonly current: HTMLInputElement | null };
}): ReactNode {
  const { text, span, input } = props;
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const field = input.current;
    if (field === null) return;
    const follow = (): void => {
      if (shown.current !== null) shown.current.scrollLeft = field.scrollLeft;
    };
    follow();
    field.addEventListener("scroll", follow);
    return () => {
      field.removeEventListener("scroll", follow);
    };
  }, [input, text, span]);
  if (span === null) return null;
  const wrong = text.slice(span.start, span.end);
  return (
    <div ref={shown} className="expression-underline" aria-hidden>
      {text.slice(0, span.start)}
      <mark>{wrong === "" ? " " : wrong}</mark>
      {text.slice(span.end)}
    </div>
  );
}

function History(props: {
  readonly history: readonly string[];
  readonly onChoose: (text: string) => void;
}): ReactNode {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="icon-button"
        aria-label="Earlier expressions"
        title="Earlier expressions"
        disabled={props.history.length === 0}
      >
        <IconHistory size={14} stroke={1.5} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu history"
          align="end"
          sideOffset={4}
          collisionPadding={8}
        >
          {props.history.map((text) => (
            <DropdownMenu.Item
              key={text}
              className="menu-item"
              onSelect={() => {
                props.onChoose(text);
              }}
            >
              <code className="ellipsis">{text}</code>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
