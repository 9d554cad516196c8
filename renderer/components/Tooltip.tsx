import { Tooltip as RadixTooltip } from "radix-ui";
import type { ReactNode } from "react";
import { formatShortcut } from "./shortcutText.ts";

interface TooltipProps {
  readonly text: string;
  readonly shortcut?: string | undefined;
  readonly side?: "top" | "right" | "bottom" | "left";
  readonly children: ReactNode;
}

export function Tooltip(props: TooltipProps): ReactNode {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{props.children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content
          className="tooltip"
          side={props.side ?? "bottom"}
          sideOffset={6}
          collisionPadding={8}
        >
          {props.text}
          {props.shortcut === undefined ? null : (
            <span className="tooltip-shortcut">{formatShortcut(props.shortcut)}</span>
          )}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}
