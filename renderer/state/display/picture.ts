/** What the window shows, ready to be drawn at any size. */

/** How a picture of the window is asked for. */
export interface PictureOptions {
  /** px. */
  readonly width: number;
  readonly height: number;
  /** Written into the file, so that 300 makes a 2400 px wide picture 8 inches wide. */
  readonly dotsPerInch: number;
  readonly background: "white" | "dark" | "transparent";
  readonly withLegend: boolean;
}

/** A picture of the window as it was when it was taken. */
export interface Picture {
  /** Of the project: for the name of a file. */
  readonly name: string;
  /** px for a width, such that structures keep the shape they have on screen. */
  readonly heightFor: (width: number) => number;
  /** The bytes of a PNG file. */
  readonly draw: (options: PictureOptions) => Promise<Uint8Array>;
}
