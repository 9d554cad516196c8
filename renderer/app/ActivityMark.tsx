import { useEffect } from "react";
import { useStore } from "zustand";
import { ACTIVITY_ATTRIBUTE, type Activity } from "../../src/contract/activity.ts";
import { useScene } from "./SceneContext.tsx";
import { useStudio } from "./StudioContext.tsx";

/** Says on the root element what the window is doing; `drawn` only after two frames were painted. */
export function ActivityMark(): null {
  const studio = useStudio();
  const scene = useScene();
  const result = useStore(studio.results, (state) => state.result);
  const jobs = useStore(studio.jobs);
  const newest = jobs.jobs[0];
  const hasFailed =
    jobs.engineLost !== null || newest?.outcome === "failed" || newest?.outcome === "lost";
  const isRunning = jobs.jobs.some((job) => job.outcome === "running");
  const isColored = scene.coloring.nReady === scene.panels.length && scene.panels.length > 0;
  useEffect(() => {
    const say = (activity: Activity): void => {
      document.documentElement.setAttribute(ACTIVITY_ATTRIBUTE, activity);
    };
    if (isRunning) say("working");
    else if (hasFailed) say("failed");
    else if (result === null) say("idle");
    else if (!isColored) say("working");
    else {
      say("working");
      let frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          frame = requestAnimationFrame(() => {
            say("drawn");
          });
        });
      });
      return () => {
        cancelAnimationFrame(frame);
      };
    }
    return undefined;
  }, [isRunning, hasFailed, result, isColored, scene]);
  return null;
}
