import { IconCheck } from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { placeInPanel, placingOf, type Placed } from "../../state/grid/gridPlacing.ts";
import type { ScenePanel } from "../../state/grid/sceneModel.ts";

interface Choice {
  readonly placed: Placed;
  readonly label: string;
  readonly isShown: boolean;
}

/** Which variant and which target the panel shows: what dragging one onto it does. */
export function PlaceItems({ panel }: { readonly panel: ScenePanel }): ReactNode {
  const { variants, targets, property } = useScene();
  const ofVariants = variants.map((name): Choice => ({
    placed: { kind: "variant", name },
    label: name,
    isShown: name === panel.variant,
  }));
  const ofTargets = targets.map(({ row, label }): Choice => ({
    placed: { kind: "target", row },
    label,
    isShown: row === panel.target.row,
  }));
  return (
    <>
      {property.perVariant && variants.length > 1 ? (
        <PlaceMenu
          panel={panel}
          label={panel.difference === null ? "Variant in this column" : "Variant compared here, B"}
          choices={ofVariants}
        />
      ) : null}
      {targets.length > 1 ? (
        <PlaceMenu panel={panel} label="Structure in this row" choices={ofTargets} />
      ) : null}
    </>
  );
}

function PlaceMenu(props: {
  readonly panel: ScenePanel;
  readonly label: string;
  readonly choices: readonly Choice[];
}): ReactNode {
  const studio = useStudio();
  const scene = useScene();
  const { panel } = props;
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu-item">
        <span className="menu-check" />
        {props.label}
        <span className="menu-shortcut">›</span>
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className="menu" collisionPadding={8}>
          {props.choices.map(({ placed, label, isShown }) => {
            const placing = placingOf(scene, "compare", placed, panel);
            return (
              <DropdownMenu.CheckboxItem
                key={label}
                className="menu-item"
                checked={isShown}
                disabled={!isShown && placing?.isPossible !== true}
                title={placing?.isPossible === false ? placing.text : undefined}
                onSelect={() => {
                  if (!isShown) placeInPanel(studio, placed, panel);
                }}
              >
                <span className="menu-check">
                  <DropdownMenu.ItemIndicator>
                    <IconCheck size={14} stroke={1.5} />
                  </DropdownMenu.ItemIndicator>
                </span>
                {label}
              </DropdownMenu.CheckboxItem>
            );
          })}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}
