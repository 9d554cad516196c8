import { parseHexTable, TABLE_SIZE, trimTable, type ColorTable } from "./colorTable.ts";
import { BATLOW_HEX } from "./tables/batlow.ts";
import { CIVIDIS_HEX } from "./tables/cividis.ts";
import { LPR_DIVERGE_HEX } from "./tables/lprDiverge.ts";
import { MAGMA_HEX } from "./tables/magma.ts";
import { VIRIDIS_HEX } from "./tables/viridis.ts";

/** Identifiers that a project file may hold. */
export type ColorTableId = "viridis" | "cividis" | "batlow" | "magma" | "lpr-diverge" | "grey";

function table(id: ColorTableId, label: string, source: string, hex: string): ColorTable {
  return { id, label, source, rgb: parseHexTable(hex) };
}

/** The darkest tenth vanishes on a dark view, and low LPR is what people look for. */
const VIRIDIS_START = 0.1;

function greyTable(): ColorTable {
  const rgb = new Uint8Array(TABLE_SIZE * 3);
  for (let i = 0; i < TABLE_SIZE; i += 1) {
    rgb.fill(Math.round(40 + (200 * i) / (TABLE_SIZE - 1)), 3 * i, 3 * i + 3);
  }
  return { id: "grey", label: "Grey", source: "Made for this program.", rgb };
}

/** Every map on offer, in the order of the menu. All are safe for colour-blind readers. */
export const COLOR_TABLES: Readonly<Record<ColorTableId, ColorTable>> = {
  viridis: trimTable(
    table("viridis", "Viridis", "Smith, van der Walt and Firing (2015), CC0", VIRIDIS_HEX),
    VIRIDIS_START,
    1,
  ),
  cividis: table("cividis", "Cividis", "Nuñez et al. (2018), BSD-3-Clause", CIVIDIS_HEX),
  batlow: table("batlow", "Batlow", "Crameri (2018), MIT", BATLOW_HEX),
  magma: table("magma", "Magma", "Smith and van der Walt (2015), CC0", MAGMA_HEX),
  "lpr-diverge": table("lpr-diverge", "LPR diverging", "Made for this program", LPR_DIVERGE_HEX),
  grey: greyTable(),
};

/** True for a name found in `COLOR_TABLES`. */
export function isColorTableId(id: string): id is ColorTableId {
  return Object.hasOwn(COLOR_TABLES, id);
}
