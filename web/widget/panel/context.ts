/** What every part of the panel may reach: the session, the texts, the uploads. */

import { createContext } from "preact";
import { useContext, useLayoutEffect, useReducer } from "preact/hooks";
import type { Forms } from "../core/forms";
import type { Session } from "../core/session";
import type { State } from "../core/state";
import type { Strings } from "../i18n/en";
import type { Uploads } from "./uploads";

export interface Panel {
  session: Session;
  uploads: Uploads;
  forms: Forms;
  state: State;
  t: Strings;
}

export const PanelContext = createContext<Panel | null>(null);

export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (panel === null) throw new Error("usePanel needs a PanelContext around it");
  return panel;
}

interface Source {
  subscribe(listener: () => void): () => void;
}

/**
 * Draw again whenever the source changes.
 *
 * It listens from the moment it is drawn. An ordinary effect would begin only after the next frame was painted, and
 * what a fast server answers before that would never be shown.
 */
export function useChanges(source: Source): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => source.subscribe(() => redraw(undefined)), [source]);
}
