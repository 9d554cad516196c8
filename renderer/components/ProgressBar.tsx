import type { ReactNode } from "react";

/** A fraction as whole percent that has been reached: 100 only at the end. */
export function wholePercent(fraction: number): number {
  return Math.floor(100 * fraction);
}

/** How far something is, for eyes and screen readers. */
export function ProgressBar(props: {
  readonly label: string;
  readonly percent: number;
  /** What became of a job; colours the bar. */
  readonly outcome?: string;
}): ReactNode {
  const { label, percent, outcome } = props;
  return (
    <span
      className="job-track"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span className="job-bar" data-outcome={outcome} style={{ width: `${String(percent)}%` }} />
    </span>
  );
}
