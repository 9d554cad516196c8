/**
 * The vocabulary of failure: expected problems are `StudioError`s with a closed set of codes;
 * non-fatal facts about a result are `Diagnostic`s that travel with the result.
 */

/** Every way an operation is expected to fail. Anything else is a bug (`INTERNAL`). */
export type ErrorCode =
  | "INVALID_FILE"
  | "INVALID_PROJECT"
  | "INVALID_PARAMETER"
  | "INCOMPATIBLE_SHAPE"
  | "NOT_POSITIVE_DEFINITE"
  | "NO_CONVERGENCE"
  | "OUT_OF_MEMORY"
  | "ACCESS_DENIED"
  | "CANCELLED"
  | "WORKER_LOST"
  | "NATIVE_UNAVAILABLE"
  | "USAGE"
  | "INTERNAL";

/** Where a problem is, so that a person can go there. Lines are 1-based, structures 0-based. */
export interface ErrorLocation {
  /** File name or path as the user knows it. */
  readonly file?: string;
  /** 1-based line. */
  readonly line?: number;
  /** 0-based structure index within the file. */
  readonly structureIndex?: number;
  /** JSON path in a project document, such as `model.activeSet.size`. */
  readonly jsonPath?: string;
  /** A few lines around the problem, for the Problems pane. */
  readonly excerpt?: readonly { readonly line: number; readonly text: string }[];
}

/** What crosses a process boundary in place of a `StudioError`. Plain data. */
export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string;
  readonly location?: ErrorLocation;
}

/**
 * An expected failure. `message` says subject, what was found and what was expected; `remedy`
 * (optional, one sentence) says what to do next.
 */
export class StudioError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string | undefined;
  readonly location: ErrorLocation | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly remedy?: string | undefined;
      readonly location?: ErrorLocation | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "StudioError";
    this.code = code;
    this.remedy = options.remedy;
    this.location = options.location;
  }
}

function isPlainError(error: unknown): error is PlainError {
  return (
    typeof error === "object" &&
    error !== null &&
    !(error instanceof Error) &&
    "code" in error &&
    typeof error.code === "string" &&
    "message" in error &&
    typeof error.message === "string"
  );
}

/**
 * Turns anything thrown into plain data; an unexpected error becomes `INTERNAL`. Plain data that
 * crossed a process boundary as such is passed on.
 */
export function toPlainError(error: unknown): PlainError {
  if (error instanceof StudioError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      ...(error.location === undefined ? {} : { location: error.location }),
    };
  }
  if (isPlainError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return { code: "INTERNAL", message };
}

/** The inverse of {@link toPlainError}. */
export function fromPlainError(plain: PlainError): StudioError {
  return new StudioError(plain.code, plain.message, {
    remedy: plain.remedy,
    location: plain.location,
  });
}

/** One printable line: `file:line: message (remedy)`. */
export function formatError(error: PlainError): string {
  const { location } = error;
  let where = "";
  if (location?.file !== undefined) {
    where =
      location.line === undefined ? `${location.file}: ` : `${location.file}:${location.line}: `;
  } else if (location?.line !== undefined) {
    where = `line ${location.line}: `;
  }
  const path = location?.jsonPath === undefined ? "" : `${location.jsonPath}: `;
  if (error.remedy === undefined) return `${where}${path}${error.message}`;
  const end = /[.!?]$/.test(error.message) ? "" : ".";
  return `${where}${path}${error.message}${end} ${error.remedy}`;
}

/** A non-fatal fact that a reader of the result should know. Never silent, never only logged. */
export interface Diagnostic {
  readonly severity: "info" | "warning";
  /** Stable identifier such as `ACTIVE_POINTS_DROPPED`. */
  readonly code: string;
  readonly message: string;
}
