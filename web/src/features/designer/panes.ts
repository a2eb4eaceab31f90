/** The rooms beside the canvas, in the order of their tabs; each is fetched when it is first opened. */
import type { Pane } from "./seams";

export const PANES: readonly Pane[] = [];
