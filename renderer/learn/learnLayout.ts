/** Where the three charts of the Learn view lie in their common drawing. Pure; CSS px. */

/** A band of the drawing, from top to bottom. */
export interface Band {
  readonly top: number;
  readonly height: number;
}

export interface LearnLayout {
  readonly width: number;
  readonly height: number;
  /** Left end and width of the common x axis. */
  readonly left: number;
  readonly plotWidth: number;
  readonly lpr: Band;
  readonly groups: Band & { readonly row: number };
  readonly prediction: Band;
}

const LEFT = 48;
const RIGHT = 16;
/** Room above each band for its title and key, the cursor's grip above the first. */
const TITLES = { lpr: 44, groups: 26, prediction: 26 } as const;
const AXIS = 36;
/** Rows of groups: as high as a mark can be hit, lower when there are many. */
const ROW = { most: 24, least: 9 } as const;
const GROUPS_SHARE = 0.36;
const LPR_SHARE = 0.46;

export function learnLayout(width: number, height: number, nGroups: number): LearnLayout {
  const free = Math.max(120, height - TITLES.lpr - TITLES.groups - TITLES.prediction - AXIS);
  const row = Math.max(ROW.least, Math.min(ROW.most, (free * GROUPS_SHARE) / nGroups));
  const rest = Math.max(80, free - row * nGroups);
  const lpr = { top: TITLES.lpr, height: Math.round(rest * LPR_SHARE) };
  const groupsTop = lpr.top + lpr.height + TITLES.groups;
  const groups = { top: groupsTop, height: row * nGroups, row };
  const predictionTop = groupsTop + groups.height + TITLES.prediction;
  const prediction = { top: predictionTop, height: rest - lpr.height };
  return {
    width,
    height,
    left: LEFT,
    plotWidth: Math.max(40, width - LEFT - RIGHT),
    lpr,
    groups,
    prediction,
  };
}

/** Middle of the row of a group. */
export function rowY({ groups }: LearnLayout, group: number): number {
  return groups.top + (group + 0.5) * groups.row;
}

/** From x to px, and back. */
export function xToPixel({ left, plotWidth }: LearnLayout, x: number): number {
  return left + ((x + 1) / 2) * plotWidth;
}

export function pixelToX({ left, plotWidth }: LearnLayout, pixel: number): number {
  return ((pixel - left) / plotWidth) * 2 - 1;
}
