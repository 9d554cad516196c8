import "../../support/seedProperties.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  alignSelection,
  copyFigure,
  copySelection,
  createFigure,
  currentFigure,
  deleteFigure,
  deleteSelection,
  distributeSelection,
  duplicateSelection,
  editFigure,
  nudge,
  pasteClip,
  placeElements,
  renameOpenFigure,
  selectAll,
  selectedFrames,
} from "../../../renderer/composer/composerActions.ts";
import { openFigure, selectElements } from "../../../renderer/composer/composerStore.ts";
import { scaleFrames, boundsOf } from "../../../renderer/composer/artboard/frameGeometry.ts";
import { setColoring } from "../../../renderer/composer/edits/figureColorings.ts";
import { setDisplay } from "../../../renderer/composer/edits/figureDisplays.ts";
import {
  changeElement,
  figuresOf,
  moveElement,
  setHidden,
} from "../../../renderer/composer/edits/figureEdits.ts";
import { letterPanels, LETTER_STYLES } from "../../../renderer/composer/edits/letters.ts";
import { newElementContext } from "../../../renderer/composer/edits/newElementContext.ts";
import { ADDABLE, addElement } from "../../../renderer/composer/edits/newElements.ts";
import { emptyFigure } from "../../../renderer/composer/edits/newFigures.ts";
import { redoStep, undoStep } from "../../../renderer/state/project/history.ts";
import { showProject } from "../../../renderer/state/project/projectActions.ts";
import { createStudio, type Studio } from "../../../renderer/state/studio.ts";
import { validateProject } from "../../../src/project/schema.ts";
import { createFakeStudio, FILM_PROJECT } from "../../support/fakeStudioApi.ts";
import { HAND_FIGURE } from "../../support/handFigure.ts";

/** Which of the things a person can do, and two numbers that say to what and by how much. */
type Step = readonly [kind: number, which: number, amount: number];

const ALIGNMENTS = ["left", "centre", "right", "top", "middle", "bottom"] as const;

function idAt(studio: Studio, which: number): string {
  const elements = currentFigure(studio)?.elements ?? [];
  return elements[which % Math.max(1, elements.length)]?.id ?? "";
}

function choose(studio: Studio, which: number, amount: number): void {
  selectElements(studio.composer, [idAt(studio, which), idAt(studio, which + 1 + (amount % 3))]);
}

/** Everything that commands, panes and the artboard do to figures. */
const DEEDS: readonly ((studio: Studio, which: number, amount: number) => void)[] = [
  (studio, which) => {
    editFigure(studio, "Add", (now) => {
      const kind = ADDABLE[which % ADDABLE.length] ?? "text";
      return addElement(now, kind, newElementContext(studio)).figure;
    });
  },
  (studio, which, amount) => {
    choose(studio, which, amount);
    nudge(studio, (amount % 9) - 4, (which % 5) - 2);
  },
  (studio, which, amount) => {
    choose(studio, which, amount);
    const frames = selectedFrames(studio);
    const bounds = boundsOf(frames.values());
    if (bounds === null) return;
    const to = { ...bounds, width: 5 + (amount % 80), height: 5 + (which % 60) };
    placeElements(studio, "Resize", scaleFrames(frames, bounds, to), `resize ${String(which)}`);
  },
  (studio, which, amount) => {
    choose(studio, which, amount);
    deleteSelection(studio);
  },
  (studio, which, amount) => {
    choose(studio, which, amount);
    duplicateSelection(studio);
  },
  (studio, which, amount) => {
    choose(studio, which, amount);
    copySelection(studio);
    pasteClip(studio);
  },
  (studio, which, amount) => {
    const count = currentFigure(studio)?.elements.length ?? 0;
    editFigure(studio, "Order", (now) =>
      moveElement(now, idAt(studio, which), amount % Math.max(1, count)),
    );
  },
  (studio, which) => {
    selectAll(studio);
    alignSelection(studio, ALIGNMENTS[which % ALIGNMENTS.length] ?? "left");
  },
  (studio, which) => {
    selectAll(studio);
    distributeSelection(studio, which % 2 === 0 ? "x" : "y");
  },
  (studio, which, amount) => {
    editFigure(studio, "Hide", (now) => setHidden(now, idAt(studio, which), amount % 2 === 0));
  },
  (studio, which, amount) => {
    editFigure(
      studio,
      "Title",
      (now) =>
        changeElement(now, idAt(studio, which), (one) =>
          "letter" in one || one.kind === "structure"
            ? { ...one, title: `Title ${String(amount)}` }
            : one,
        ),
      `title ${String(which)}`,
    );
  },
  (studio, _which, amount) => {
    editFigure(studio, "Range", (now) =>
      setColoring(now, "lpr", { range: [0.1, 1 + (amount % 50)] }),
    );
  },
  (studio, which, amount) => {
    editFigure(studio, "Display", (now) =>
      setDisplay(now, idAt(studio, which), { radius: 0.2 + (amount % 10) / 10 }),
    );
  },
  (studio, which) => {
    const style = LETTER_STYLES[which % LETTER_STYLES.length] ?? "a";
    editFigure(studio, "Letters", (now) => letterPanels(now, style));
  },
  (studio, which, amount) => {
    editFigure(studio, "Page", (now) => ({
      ...now,
      page: { ...now.page, width: 20 + (which % 200), height: 20 + (amount % 200) },
    }));
  },
  (studio, which) => {
    if (which % 3 === 0) createFigure(studio, emptyFigure("square"));
    else copyFigure(studio, currentFigure(studio)?.name ?? "");
  },
  (studio, which, amount) => {
    const figures = figuresOf(studio.project.getState().document);
    const { name = "" } = figures[which % Math.max(1, figures.length)] ?? {};
    if (figures.length > 1 && amount % 2 === 0) deleteFigure(studio, name);
    else renameOpenFigure(studio, name, `Name ${String(amount)}`);
  },
  (studio, which) => {
    const figures = figuresOf(studio.project.getState().document);
    openFigure(studio.composer, figures[which % Math.max(1, figures.length)]?.name ?? "");
  },
];

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.tuple(fc.nat({ max: DEEDS.length - 1 }), fc.nat({ max: 997 }), fc.nat({ max: 997 })),
  { minLength: 50, maxLength: 50 },
);

/** What the project file would say. */
const textOf = (studio: Studio): string => JSON.stringify(studio.project.getState().document);

it("after any fifty edits, undoing all gives the start and redoing all gives the end", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (chain) => {
      const fake = createFakeStudio();
      let clock = 0;
      const studio = createStudio(fake.bridge, () => (clock += 400));
      studio.connection.attach(fake.port);
      await showProject(studio, {
        document: { ...FILM_PROJECT, figures: [HAND_FIGURE] },
        path: null,
        name: "chain",
        remarks: [],
      });
      const states = [textOf(studio)];
      let last = -1;
      for (const [kind, which, amount] of chain) {
        const before = studio.project.getState().undoable.length;
        DEEDS[kind]?.(studio, which, amount);
        const { undoable, document } = studio.project.getState();
        validateProject(document);
        const text = textOf(studio);
        const isNew = undoable.length > before;
        // An edit that goes on from the last one, of the same kind, is taken back with it.
        if (!isNew && text !== states.at(-1)) {
          expect(kind).toBe(last);
          states.pop();
          states.push(text);
        }
        if (isNew) {
          states.push(text);
          last = kind;
        }
      }
      const nSteps = studio.project.getState().undoable.length;
      expect(nSteps).toBe(states.length - 1);
      for (let k = nSteps - 1; k >= 0; k -= 1) {
        undoStep(studio);
        expect(textOf(studio)).toBe(states[k]);
      }
      for (let k = 1; k <= nSteps; k += 1) {
        redoStep(studio);
        expect(textOf(studio)).toBe(states[k]);
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);

it("edits of one key are taken back together within a second of each other, no longer", async () => {
  const fake = createFakeStudio();
  let clock = 0;
  const studio = createStudio(fake.bridge, () => clock);
  studio.connection.attach(fake.port);
  await showProject(studio, {
    document: { ...FILM_PROJECT, figures: [HAND_FIGURE] },
    path: null,
    name: "chain",
    remarks: [],
  });
  const width = (): number => currentFigure(studio)?.page.width ?? NaN;
  for (const [at, step] of [
    [0, 1],
    [999, 2],
    [1998, 3],
    [2999, 4],
  ] as const) {
    clock = at;
    editFigure(
      studio,
      "Change page",
      (now) => ({ ...now, page: { ...now.page, width: 100 + step } }),
      "page",
    );
  }
  expect(width()).toBe(104);
  undoStep(studio);
  expect(width()).toBe(103);
  undoStep(studio);
  expect(width()).toBe(HAND_FIGURE.page.width);
});
