/** The frame around every screen: rail, top bar, offers, palette, toasts. */
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { OfferStack } from "@/features/desk/offer/OfferStack";
import { useT } from "@/i18n/t";
import { followFocus } from "@/ui/lostFocus";
import { ToastRegion } from "@/ui/Toast";
import { CallSlot } from "../calls";
import { EmergencyBar } from "../emergency/EmergencyBar";
import { DESK_ROLES, hasRole, type SessionMe } from "../session";
import { soon } from "../soon";
import { Rail } from "./Rail";
import styles from "./shell.module.css";
import { TopBar } from "./TopBar";
import { useAttention } from "./useAttention";
import { useRefusalToasts } from "./useRefusalToasts";
import { useShellCommands } from "./useShellCommands";

const { Part: Palette, useEarly: usePaletteEarly } = soon(() => import("./Palette"));
const { Part: KeySheet, useEarly: useKeySheetEarly } = soon(() => import("./KeySheet"));

export function Shell({ me, children }: { me: SessionMe; children: ReactNode }) {
  const t = useT();
  const [overlay, setOverlay] = useState<"palette" | "keys" | null>(null);
  useShellCommands(me.roles, setOverlay);
  useAttention();
  useRefusalToasts();
  usePaletteEarly();
  useKeySheetEarly();
  useEffect(followFocus, []);
  const close = () => setOverlay(null);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("shell.skip")}
      </a>
      <TopBar me={me} onSearch={() => setOverlay("palette")} onKeys={() => setOverlay("keys")} />
      <Rail roles={me.roles} />
      <EmergencyBar />
      <main id="main" className={styles.main} tabIndex={-1}>
        {children}
      </main>
      <OfferStack />
      {hasRole(...DESK_ROLES) ? <CallSlot /> : null}
      <ToastRegion />
      <Suspense fallback={null}>
        {overlay === "palette" ? <Palette onClose={close} /> : null}
        {overlay === "keys" ? <KeySheet onClose={close} /> : null}
      </Suspense>
    </div>
  );
}
