import {
  IconAtom2,
  IconDragDrop,
  IconFile,
  IconFolderOpen,
  IconKeyboard,
  IconSchool,
} from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import type { RecentFile } from "../../src/contract/api.ts";
import startFilm from "../assets/start-film.png";
import { Button } from "../components/Button.tsx";
import { formatShortcut } from "../components/shortcutText.ts";
import { Tooltip } from "../components/Tooltip.tsx";
import { openExample, showOpened } from "../state/project/projectActions.ts";
import { attempt } from "../state/studio.ts";
import { useStudio, useStudioContext } from "./StudioContext.tsx";

export function StartScreen(): ReactNode {
  const { run } = useStudioContext();
  return (
    <div className="start" data-region tabIndex={-1} aria-label="Start">
      <div className="start-content">
        <section className="start-example">
          <img src={startFilm} alt="" />
          <div className="start-example-text">
            <h2>See which atoms a model can be trusted on</h2>
            <p>
              Two amorphous-carbon films, a training set and a ready model. Atoms are shown at once,
              their local prediction rigidity a little later.
            </p>
            <Button
              look="primary"
              onClick={() => {
                run("project.openExample");
              }}
            >
              Open the carbon-film example
            </Button>
          </div>
        </section>
        <div className="start-columns">
          <section>
            <h3>Your own files</h3>
            <div className="start-drop">
              <IconDragDrop size={20} stroke={1.5} />
              <p>Drop structures or a training set here</p>
              <Button
                onClick={() => {
                  run("project.open");
                }}
              >
                <IconFolderOpen size={16} stroke={1.5} />
                Open files
                <span className="kbd">{formatShortcut("Mod+O")}</span>
              </Button>
            </div>
            <p className="start-formats">
              Extended XYZ, POSCAR, LAMMPS, CIF, also gzipped; folders of them; LPR Studio projects
            </p>
          </section>
          <section>
            <RecentFiles />
            <h3>Learn</h3>
            <button
              type="button"
              className="start-row"
              onClick={() => {
                run("help.learn");
              }}
            >
              <IconSchool size={16} stroke={1.5} />
              The toy model: what LPR measures
            </button>
            <button
              type="button"
              className="start-row"
              onClick={() => {
                run("help.shortcuts");
              }}
            >
              <IconKeyboard size={16} stroke={1.5} />
              Keyboard shortcuts
              <span className="kbd">?</span>
            </button>
          </section>
        </div>
        <Examples />
      </div>
    </div>
  );
}

/** The examples beside the one above: names, with the question each asks a pause away. */
function Examples(): ReactNode {
  const studio = useStudio();
  const others = useStore(studio.examples, (state) => state.examples).slice(1);
  if (others.length === 0) return null;
  return (
    <section className="start-examples" aria-label="More examples">
      <h3>More examples</h3>
      <ul>
        {others.map(({ id, name, description }) => (
          <li key={id}>
            <Tooltip text={description}>
              <button
                type="button"
                className="start-row"
                onClick={() => {
                  attempt(studio, `${name} was not opened`, () => openExample(studio, id));
                }}
              >
                <IconAtom2 size={16} stroke={1.5} />
                <span className="ellipsis">{name}</span>
              </button>
            </Tooltip>
          </li>
        ))}
      </ul>
    </section>
  );
}

function formatDay(iso: string): string {
  const then = new Date(iso);
  const days = Math.floor((Date.now() - then.getTime()) / 86_400_000);
  if (days === 0) return "today";
  if (days === 1) return "yesterday";
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" }).format(then);
}

function RecentFiles(): ReactNode {
  const { studio } = useStudioContext();
  const [files, setFiles] = useState<readonly RecentFile[]>([]);
  useEffect(() => {
    attempt(studio, "Recent files were not read", async () => {
      setFiles(await studio.bridge.recentFiles());
    });
  }, [studio]);
  if (files.length === 0) return null;
  return (
    <>
      <h3>Recent</h3>
      {files.slice(0, 6).map((file) => (
        <button
          key={file.path}
          type="button"
          className="start-row"
          title={file.path}
          onClick={() => {
            attempt(studio, `${file.name} was not opened`, async () => {
              const opened = await studio.bridge.openRecent(file.path);
              if (opened !== null) await showOpened(studio, opened);
            });
          }}
        >
          <IconFile size={16} stroke={1.5} />
          <span className="ellipsis">{file.name}</span>
          <span className="start-when">{formatDay(file.openedAt)}</span>
        </button>
      ))}
    </>
  );
}
