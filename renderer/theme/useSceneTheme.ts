import { useEffect, useState } from "react";
import type { MapTheme } from "../mapView/mapSpec.ts";

function readTheme(): MapTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    background: token("--bg-view"),
    line: token("--line-ctl"),
    foreground: token("--fg-2"),
    accent: token("--accent"),
    grid: token("--line"),
    muted: token("--fg-3"),
    lineWidth: 1,
  };
}

/** The tokens that canvases need, read again when the theme changes. */
export function useSceneTheme(): MapTheme {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => {
    const observer = new MutationObserver(() => {
      setTheme(readTheme());
    });
    observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ["data-theme"],
    });
    return () => {
      observer.disconnect();
    };
  }, []);
  return theme;
}
