import {
  IconAxisX,
  IconChartAreaLine,
  IconChartDots,
  IconChartDots3,
  IconChartLine,
  IconCube,
  IconColorSwatch,
  IconList,
  IconRulerMeasure,
  IconTypography,
} from "@tabler/icons-react";
import type { FigureElementKind } from "../../../src/project/figure.ts";

export const KIND_ICONS: Readonly<Record<FigureElementKind, typeof IconCube>> = {
  structure: IconCube,
  map: IconChartDots3,
  scatter: IconChartDots,
  parity: IconChartLine,
  distribution: IconChartAreaLine,
  toy: IconChartLine,
  legend: IconColorSwatch,
  variants: IconList,
  text: IconTypography,
  scaleBar: IconRulerMeasure,
  triad: IconAxisX,
};
