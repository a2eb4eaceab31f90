/** Every call at hand, above whatever screen is open; and the phone that carries them. */
import { Suspense, useEffect, useState } from "react";
import { lazy } from "@/app/fetching";
import { useT } from "@/i18n/t";
import { isOwnCall } from "@/live/calls";
import { useLive } from "@/live/store";
import { CallBar } from "./bar/CallBar";
import { ConsultRing } from "./bar/ConsultRing";
import styles from "./calls.module.css";
import { useDialCommand } from "./dial/useDialCommand";
import { followCalls } from "./phone/follow";
import { useLegs } from "./phone/phone";
import { SupervisePanel } from "./supervise/SupervisePanel";

const DialPad = lazy(() => import("./dial/DialPad"));

/** Own calls and those I was asked to join, as one text that changes when they do. */
function useCallIds(): readonly string[] {
  const own = useLive((state) => state.mine.filter((id) => isOwnCall(state, id)).join(" "));
  const legs = useLegs();
  const asked = Object.values(legs).filter((leg) => leg.role === "consult");
  return [...new Set([...own.split(" ").filter(Boolean), ...asked.map((leg) => leg.contact)])];
}

export default function CallDock() {
  const t = useT();
  const ids = useCallIds();
  const legs = useLegs();
  const rings = useLive((state) => state.rings);
  const [dialling, setDialling] = useState(false);
  useEffect(followCalls, []);
  useDialCommand(() => setDialling(true));
  const supervised = Object.values(legs).filter((leg) => leg.role === "supervise");
  return (
    <>
      <section className={styles.dock} aria-label={t("calls.calls")}>
        {rings
          .filter((ring) => !(ring.contact in legs))
          .map((ring) => (
            <ConsultRing key={ring.contact} ring={ring} />
          ))}
        {ids.map((id, index) => (
          <CallBar key={id} id={id} first={index === 0} />
        ))}
      </section>
      {supervised.map((leg) => (
        <SupervisePanel key={leg.contact} leg={leg} />
      ))}
      <Suspense fallback={null}>{dialling ? <DialPad onClose={() => setDialling(false)} /> : null}</Suspense>
    </>
  );
}
