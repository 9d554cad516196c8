/** How a figure was made, for the metadata of its files: nothing in it tells when or where. */
import type { AboutInfo } from "../../../src/contract/api.ts";
import type { FigureDefinition } from "../../../src/project/figure.ts";
import type { FigureSource } from "../resolve/source.ts";

/** Keyword (Latin letters) → text. */
export type Provenance = Readonly<Record<string, string>>;

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  return `sha256:${hex.join("")}`;
}

/** Names and hashes in place of paths, which belong to one machine. */
function filesOf({ document, datasets, result }: FigureSource): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(document.datasets).map(([name, entry]) => [
      name,
      result?.fileHashes[name] ?? datasets.summaries[name]?.hash ?? entry.hash ?? "not read",
    ]),
  );
}

/** Everything that decides what the figure shows. */
export async function provenanceOf(
  source: FigureSource,
  figure: FigureDefinition,
  about: Pick<AboutInfo, "version" | "electron" | "citation">,
): Promise<Provenance> {
  const { document, result } = source;
  const { descriptor, model, variants, targets, uncertainty, similarity, components, maps } =
    document;
  const settings = {
    descriptor,
    model,
    variants,
    targets,
    uncertainty,
    similarity,
    components,
    maps,
  };
  const files = filesOf(source);
  return {
    Software: `LPR Studio ${about.version}, Electron ${about.electron}`,
    Project: document.name ?? "Untitled",
    ProjectHash: await hashOf(JSON.stringify([settings, files])),
    Files: JSON.stringify(files),
    Settings: JSON.stringify(settings),
    Figure: JSON.stringify(figure),
    Result: result === null ? "none" : `${result.key}, ${result.backend}`,
    Citation: about.citation,
  };
}
