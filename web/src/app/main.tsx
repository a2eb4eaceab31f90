/** Entry: language, theme, session, then the first screen. */
import { createRoot } from "react-dom/client";
import "@/ui/tokens.css";
import "@/ui/base.css";
import { startLocale } from "@/i18n/t";
import { App } from "./App";
import { listenForKeys } from "./keys";
import { applyPreferences } from "./preferences";
import { findRoute } from "./routes";
import { startSession } from "./session";

applyPreferences();
void findRoute(location.pathname)?.route.preload();
listenForKeys();

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root element.");

await Promise.all([startLocale(), startSession()]);
createRoot(root).render(<App />);
