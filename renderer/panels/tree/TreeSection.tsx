import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";

interface TreeSectionProps {
  readonly title: string;
  readonly action: ReactNode;
  readonly drop?: "training" | "targets" | "candidates";
  readonly children: ReactNode;
}

/** A part of the tree that folds. */
export function TreeSection(props: TreeSectionProps): ReactNode {
  const [open, setOpen] = useState(true);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <section className="tree-section" data-drop={props.drop}>
      <div className="tree-heading">
        <button
          type="button"
          data-tree-row
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowLeft") setOpen(false);
            if (event.key === "ArrowRight") setOpen(true);
          }}
        >
          <Chevron size={12} stroke={1.75} />
          {props.title}
        </button>
        {props.action}
      </div>
      {open ? <ul>{props.children}</ul> : null}
    </section>
  );
}

export function TreeEmpty({ text }: { readonly text: string }): ReactNode {
  return <li className="tree-empty">{text}</li>;
}
