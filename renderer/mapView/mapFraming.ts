/** Which part of the plane a map shows: by itself, or with the maps that it is linked to. */
import type { DataBox, KernelMapProps, MapSeries } from "./mapSpec.ts";
import * as view from "./mapTransform.ts";

type FramedProps = Pick<KernelMapProps, "series" | "view" | "compact">;

/** Lives as long as its map. */
export class MapFraming {
  plot: view.PlotArea;
  private props: FramedProps;
  private transform: view.MapTransform | null = null;
  private fitted: readonly Float32Array[];
  private readonly onChange: () => void;
  private stop: () => void;

  constructor(props: FramedProps, onChange: () => void) {
    this.props = props;
    this.onChange = onChange;
    this.plot = view.plotAreaOf(1, 1, props.compact);
    this.fitted = pointsOf(props.series);
    this.stop = props.view?.subscribe(onChange) ?? nothing;
  }

  /**
   * Takes new props over; a map by itself shows all of other points.
   * @returns true when the points are others
   */
  setProps(props: FramedProps): boolean {
    if (props.view !== this.props.view) {
      this.stop();
      this.stop = props.view?.subscribe(this.onChange) ?? nothing;
    }
    this.props = props;
    const shown = pointsOf(props.series);
    const isSame =
      shown.length === this.fitted.length && shown.every((one, k) => one === this.fitted[k]);
    if (isSame) return false;
    this.fitted = shown;
    this.transform = null;
    return true;
  }

  /** The element has another size. */
  resize(width: number, height: number): void {
    const plot = view.plotAreaOf(width, height, this.props.compact);
    if (this.transform !== null) this.transform = view.refitMap(this.transform, this.plot, plot);
    this.plot = plot;
  }

  /** From data to CSS px, now. */
  now(): view.MapTransform {
    const box = this.props.view?.getState().box ?? null;
    if (box !== null) return view.fitBox(box, this.plot, 0);
    const all = (): view.MapTransform =>
      view.fitBox(view.boxOfSeries(this.props.series), this.plot);
    if (this.props.view !== undefined) return all();
    this.transform ??= all();
    return this.transform;
  }

  /** Shows every point of every series. */
  fit(): void {
    this.transform = null;
    this.props.view?.setState({ box: null });
    this.onChange();
  }

  /** Moves this map, and with it those that it is linked to. */
  move(transform: view.MapTransform): void {
    if (this.props.view !== undefined) {
      this.props.view.setState({ box: view.shownBox(transform, this.plot) });
      return;
    }
    this.transform = transform;
    this.onChange();
  }

  /** Data in view. */
  shown(): DataBox {
    return view.shownBox(this.now(), this.plot);
  }

  dispose(): void {
    this.stop();
  }
}

function nothing(): void {
  // A map by itself follows nobody.
}

function pointsOf(series: readonly MapSeries[]): readonly Float32Array[] {
  return series.map(({ points }) => points);
}
