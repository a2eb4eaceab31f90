/** Who keeps the draft of this page, for all rooms of it. */
import { createContext } from "react";
import type { DraftKeeper } from "./keeper";

export const DraftRoom = createContext<DraftKeeper | null>(null);
