/**
 * What the window is doing, written by the page as `<html data-activity="…">` and read by the
 * headless picture and by tests, so that neither has to guess from pixels or wait by the clock.
 */

/** Name of the attribute of the root element. */
export const ACTIVITY_ATTRIBUTE = "data-activity";

/**
 * - `idle`: nothing is open or nothing runs.
 * - `working`: a job runs, or its result has not been drawn yet.
 * - `drawn`: the last result is on screen.
 * - `failed`: the last job failed or the engine was lost.
 */
export type Activity = "idle" | "working" | "drawn" | "failed";
