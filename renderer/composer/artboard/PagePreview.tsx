import { memo, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { ComposedFigure } from "../../figure/compose/composeFigure.ts";
import { filterValues } from "../../figure/page/colorVision.ts";
import { leavesOf, type GroupItem, type PageItem } from "../../figure/page/displayList.ts";
import { svgOfItems } from "../../figure/page/svgWriter.ts";
import { PreviewRasters, type PreviewPicture } from "./previewRasters.ts";
import type { FigurePage } from "./useFigurePage.ts";
import type { Vision } from "./vision.ts";

interface PagePreviewProps {
  readonly page: FigurePage;
  /** CSS px in a mm. */
  readonly scale: number;
  readonly vision: Vision;
}

type Pictures = ReadonlyMap<string, PreviewPicture>;

/** Pictures of structure panels and dense plots, drawn when there is time. */
function usePictures(composed: ComposedFigure, scale: number): Pictures {
  const [pictures, setPictures] = useState<Pictures>(new Map());
  const rasters = useRef<PreviewRasters | null>(null);
  useEffect(() => {
    const made = new PreviewRasters(setPictures);
    rasters.current = made;
    return () => {
      made.dispose();
      rasters.current = null;
    };
  }, []);
  const { requests, page } = composed;
  const { background } = page;
  useEffect(() => {
    const density = scale * Math.min(2, devicePixelRatio);
    rasters.current?.update({ requests, density, background });
  }, [requests, scale, background]);
  return pictures;
}

/** The page as it is exported: the same list of items, written by the same writer. */
export function PagePreview({ page, scale, vision }: PagePreviewProps): ReactNode {
  const { composed, typefaces } = page;
  const { width, height, background, items } = composed.page;
  const pictures = usePictures(composed, scale);
  return (
    <svg
      className="figure-page"
      width={width * scale}
      height={height * scale}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      data-background={background === null ? "transparent" : "painted"}
      data-pictures={
        [...pictures.values()].every(({ isCurrent }) => isCurrent) &&
        pictures.size === composed.requests.length
          ? "current"
          : "waiting"
      }
      style={vision === "normal" ? undefined : { filter: `url(#vision-${vision})` }}
      aria-hidden="true"
    >
      {vision === "normal" ? null : (
        <filter
          id={`vision-${vision}`}
          x="0"
          y="0"
          width="1"
          height="1"
          colorInterpolationFilters="linearRGB"
        >
          <feColorMatrix type="matrix" values={filterValues(vision)} />
        </filter>
      )}
      {background === null ? null : <rect width={width} height={height} fill={background} />}
      {items.map((item, place) =>
        item.kind === "group" ? (
          <PageGroup key={item.id} place={place} group={item} pictures={pictures} page={page} />
        ) : (
          <VectorItems key="item" html={svgOfItems([item], typefaces, "")} />
        ),
      )}
    </svg>
  );
}

function PageGroup(props: {
  readonly group: GroupItem;
  readonly place: number;
  readonly pictures: Pictures;
  readonly page: FigurePage;
}): ReactNode {
  const { group, pictures, page } = props;
  const html = useMemo(
    () => svgOfItems(group.items, page.typefaces, `g${String(props.place)}-`),
    [group, page.typefaces, props.place],
  );
  const images = [...leavesOf(group.items)].filter(
    (item): item is Extract<PageItem, { kind: "image" }> => item.kind === "image",
  );
  return (
    <g data-element={group.id}>
      {images.map(({ raster, x, y, width, height }) => {
        const picture = pictures.get(raster);
        return picture === undefined ? (
          <rect key={raster} x={x} y={y} width={width} height={height} fill="#f4f5f6" />
        ) : (
          <image
            key={raster}
            href={picture.url}
            x={x}
            y={y}
            width={width}
            height={height}
            preserveAspectRatio="none"
          />
        );
      })}
      <VectorItems html={html} />
    </g>
  );
}

/** Written again only when the text differs: most groups stay as they are while one is dragged. */
const VectorItems = memo(function VectorItems({ html }: { readonly html: string }): ReactNode {
  // The writer escapes every word; the content policy of the page runs no script in any case.
  return <g dangerouslySetInnerHTML={{ __html: html }} />;
});
