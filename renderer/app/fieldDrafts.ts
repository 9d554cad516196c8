/**
 * Whether the words of a field are still its own. Typing makes them so; Enter, Escape, the steps of
 * a number and leaving the field settle them. After that Ctrl Z takes back what the field changed,
 * not what stands in it. Pure.
 */

/** What a key event tells of it. */
export interface SettlingKey {
  readonly key: string;
  readonly isComposing: boolean;
  /** Up and Down take the number that they come to. */
  readonly steps: boolean;
}

export class FieldDrafts {
  private typedIn: unknown = null;

  typed(field: unknown): void {
    this.typedIn = field;
  }

  left(): void {
    this.typedIn = null;
  }

  /** After the field has seen the key itself. */
  pressed({ key, isComposing, steps }: SettlingKey): void {
    const isStep = steps && (key === "ArrowUp" || key === "ArrowDown");
    if (!isComposing && (key === "Enter" || key === "Escape" || isStep)) this.typedIn = null;
  }

  isTypedIn(field: unknown): boolean {
    return field !== null && field === this.typedIn;
  }
}
