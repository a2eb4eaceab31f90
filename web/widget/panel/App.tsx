/** The panel: header, then home or conversation, then the place to write. */

import { useEffect, useRef } from "preact/hooks";
import { safeColour, textOn } from "../core/colour";
import type { Forms } from "../core/forms";
import type { Session } from "../core/session";
import { strings } from "../i18n/strings";
import { Composer } from "./Composer";
import { ConnectionLine } from "./ConnectionLine";
import { PanelContext, useChanges } from "./context";
import { DropTarget } from "./DropTarget";
import { Footer } from "./Footer";
import { Header } from "./Header";
import { Home } from "./Home";
import { PhoneSlot } from "./PhoneSlot";
import { QueueBanner } from "./QueueBanner";
import { Thread } from "./Thread";
import type { Uploads } from "./uploads";

interface Props {
  session: Session;
  uploads: Uploads;
  forms: Forms;
  shown: boolean;
  close: (() => void) | null;
}

export function App({ session, uploads, forms, shown, close }: Props) {
  useChanges(session);
  useChanges(uploads);
  const { state } = session;
  const t = strings(state.locale);
  const root = useRef<HTMLDivElement>(null);
  const brand = safeColour(state.settings?.colour);
  const talking = state.contact !== null && state.contact.status !== "ended";

  useEffect(() => {
    document.documentElement.lang = state.locale;
    document.title = t.panelTitle(state.settings?.name ?? "Warmline");
  }, [state.locale, t, state.settings?.name]);

  useEffect(() => {
    const house = getComputedStyle(document.documentElement).getPropertyValue("--house").trim();
    if (brand === null || brand.toLowerCase() === house) return;
    document.documentElement.style.setProperty("--brand", brand);
    document.documentElement.style.setProperty("--on-brand", textOn(brand));
  }, [brand]);

  useEffect(() => {
    if (shown) root.current?.querySelector<HTMLElement>("[data-first-focus]")?.focus();
  }, [shown, talking]);

  useEffect(() => {
    if (state.contact?.status === "ended") forms.drop();
  }, [state.contact?.status, forms]);

  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) close?.();
    };
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, [close]);

  return (
    <PanelContext.Provider value={{ session, uploads, forms, state, t }}>
      <div class="panel" ref={root}>
        <Header close={close} />
        <ConnectionLine />
        <PhoneSlot />
        {state.items.length === 0 && !talking && state.outbox.length === 0 ? (
          <Home />
        ) : (
          <DropTarget enabled={talking}>
            <QueueBanner />
            <Thread shown={shown} />
            {talking ? <Composer /> : <Footer />}
          </DropTarget>
        )}
      </div>
    </PanelContext.Provider>
  );
}
