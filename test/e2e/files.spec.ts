/** Strangers' files: ugly ones are explained, big ones are drawn whole. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

let studio: LaunchedStudio;
let folder: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") } });
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Chooses `name` in the open dialog, as if the user had. */
async function openFile(page: Page, name: string, content: string): Promise<void> {
  const file = join(folder, name);
  writeFileSync(file, content);
  await studio.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
  await page.keyboard.press("Control+o");
}

function carbonLine(i: number): string {
  return `C ${String(i % 7)}.5 ${String(Math.floor(i / 7))}.25 ${String((i * 3) % 5)}.0`;
}

const HEADER = 'Lattice="20 0 0 0 20 0 0 0 20" Properties=species:S:1:pos:R:3 pbc="T T T"';

const UGLY: readonly (readonly [string, string, RegExp])[] = [
  ["short-line.xyz", `3\n${HEADER}\nC 0 0 0\nC 1 1\nC 2 2 2\n`, /line 4/i],
  ["truncated.xyz", `5\n${HEADER}\nC 0 0 0\nC 2 2 2\n`, /5/],
  ["empty.xyz", "", /empty/i],
  ["not-a-number.xyz", `1\n${HEADER}\nC 0 nan 0\n`, /line 3/i],
  ["unknown-species.xyz", `1\n${HEADER}\nQq 0 0 0\n`, /Qq/],
  ["far-atom.xyz", `1\n${HEADER}\nC 0 1e30 0\n`, /Structure 0: Atom 0 has the coordinate 1e\+30/],
  ["flat-cell.xyz", `1\n${HEADER.replace('0 0 20"', '0 0 0"')}\nC 0 0 0\n`, /volume/i],
];

for (const [name, content, words] of UGLY) {
  test(`${name} is refused with its place, and the window stays usable`, async () => {
    const { page } = studio;
    await openFile(page, name, content);
    const problem = page.getByRole("alert").filter({ hasText: name });
    await expect(problem).toContainText(words);
    expect(readFileSync(join(folder, name), "utf8")).toBe(content);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Search or run a command" })).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+n");
    await page.getByRole("button", { name: "Discard changes" }).click();
  });
}

test("a structure that cannot be drawn says so in its panel, and its file can be read again", async () => {
  const { page } = studio;
  const header = HEADER.replaceAll("20", "0.01");
  await openFile(page, "tiny-cell.xyz", `1\n${header}\nC 0 0 0\n`);
  const panel = page.locator("[data-grid-panel]");
  await expect(panel).toContainText("This structure could not be shown. The cutoff of");
  await expect(page.getByRole("contentinfo", { name: "Status" })).toContainText("1 problem");
  writeFileSync(join(folder, "tiny-cell.xyz"), `1\n${HEADER}\nC 0 0 0\n`);
  await panel.getByRole("button", { name: "Read again" }).click();
  await expect(panel).not.toContainText("could not be shown");
  await expect(page.getByRole("contentinfo", { name: "Status" })).toContainText("1 of 1 atoms");
  await page.keyboard.press("Control+n");
  await page.getByRole("button", { name: "Discard changes" }).click();
});

test("a good file opens after the bad ones, coloured at once", async () => {
  const { page } = studio;
  const lines = Array.from({ length: 60 }, (_, i) => carbonLine(i));
  await openFile(page, "good.xyz", `60\n${HEADER}\n${lines.join("\n")}\n`);
  await expect(page.getByRole("contentinfo", { name: "Status" })).toContainText(
    "60 of 60 atoms shown",
  );
});

test("63 000 atoms are one draw and four bytes an atom to recolour", async () => {
  const { page } = studio;
  const n = 63_000;
  const side = Math.ceil(Math.cbrt(n));
  const lines = Array.from({ length: n }, (_, i) => {
    const [x, y, z] = [i % side, Math.floor(i / side) % side, Math.floor(i / side / side)];
    return `C ${(1.6 * x).toFixed(2)} ${(1.6 * y).toFixed(2)} ${(1.6 * z).toFixed(2)} ${String((i * 7919) % 1000)}`;
  });
  await page.keyboard.press("Control+n");
  await page.getByRole("button", { name: "Discard changes" }).click();
  await openFile(
    page,
    "big.xyz",
    `${String(n)}\nLattice="64 0 0 0 64 0 0 0 64" Properties=species:S:1:pos:R:3:strength:R:1\n${lines.join("\n")}\n`,
  );
  await expect(page.getByRole("contentinfo", { name: "Status" })).toContainText("63,000", {
    timeout: 60_000,
  });
  const scene = page.getByTestId("panel-scene");
  const stats = async (): Promise<{ bytes: number; draws: number; frames: number }> => ({
    bytes: Number(await scene.getAttribute("data-uploaded-bytes")),
    draws: Number(await scene.getAttribute("data-draw-calls")),
    frames: Number(await scene.getAttribute("data-frames")),
  });
  await expect.poll(async () => (await stats()).bytes).toBeGreaterThan(12 * n);
  await page.waitForTimeout(1500);
  const before = await stats();
  await page.getByRole("combobox", { name: "Property" }).click();
  await page.getByRole("option", { name: /strength/ }).click();
  await expect.poll(async () => (await stats()).bytes).toBeGreaterThan(before.bytes);
  await page.waitForTimeout(1500);
  const after = await stats();
  // 4 bytes an atom, and a colour table of 256 entries.
  expect(after.bytes - before.bytes).toBeLessThanOrEqual(4 * n + 4 * 256);
});
