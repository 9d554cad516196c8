/** Moments as people say them. */

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** `today at 14:02`, `yesterday at 09:30`, `3 Nov at 17:45`; local time. */
export function formatMoment(iso: string, now: Date = new Date()): string {
  const then = new Date(iso);
  const startOfDay = (date: Date): number =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((startOfDay(now) - startOfDay(then)) / 86_400_000);
  const day = days === 0 ? "today" : days === 1 ? "yesterday" : DAY.format(then);
  return `${day} at ${TIME.format(then)}`;
}
