import {
  IconArrowsHorizontal,
  IconChartDots,
  IconColumns2,
  IconCube,
  IconLayoutGrid,
  IconLayoutRows,
  IconLink,
  IconSquare,
  IconUnlink,
} from "@tabler/icons-react";

/** What the view bar and the menus of panels let one choose of the grid. */
export const CONTENT_CHOICES = [
  {
    value: "structure",
    short: "Structures",
    label: "Structures",
    icon: <IconCube size={14} stroke={1.5} />,
  },
  {
    value: "map",
    short: "Maps",
    label: "Kernel maps",
    icon: <IconChartDots size={14} stroke={1.5} />,
  },
  {
    value: "both",
    short: "Both",
    label: "Structures and maps",
    icon: <IconColumns2 size={14} stroke={1.5} />,
  },
] as const;

export const CAMERA_CHOICES = [
  {
    value: "all",
    short: "Cameras linked",
    label: "All panels turn together",
    icon: <IconLink size={14} stroke={1.5} />,
  },
  {
    value: "rows",
    short: "Cameras by row",
    label: "Panels of a row turn together",
    icon: <IconArrowsHorizontal size={14} stroke={1.5} />,
  },
  {
    value: "free",
    short: "Cameras free",
    label: "Every panel turns by itself",
    icon: <IconUnlink size={14} stroke={1.5} />,
  },
] as const;

export const RANGE_CHOICES = [
  {
    value: "shared",
    short: "Shared range",
    label: "One colour range for all panels",
    icon: <IconLayoutGrid size={14} stroke={1.5} />,
  },
  {
    value: "rows",
    short: "Range by row",
    label: "A colour range for each row",
    icon: <IconLayoutRows size={14} stroke={1.5} />,
  },
  {
    value: "panels",
    short: "Range by panel",
    label: "A colour range for each panel",
    icon: <IconSquare size={14} stroke={1.5} />,
  },
] as const;
