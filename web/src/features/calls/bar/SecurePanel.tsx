/** The caller types a card, a PIN or a number; nobody hears or sees it, only how far they are. */
import { LockKeyhole, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "@/i18n/t";
import { tellCall } from "@/live/asking";
import type { Call, SecureWhat } from "@/live/calls";
import { Button, IconButton } from "@/ui/Button";
import { Segments } from "@/ui/Segments";
import { StateChip } from "@/ui/StateChip";
import styles from "../calls.module.css";
import { isRunning, shownOf } from "./secure";

/** How many digits each takes; the widest that is in use, for cards by ISO/IEC 7812. */
export const LENGTHS: Readonly<Record<SecureWhat, { least: number; most: number }>> = {
  card: { least: 13, most: 19 },
  pin: { least: 4, most: 8 },
  number: { least: 1, most: 24 },
};
const WHATS: readonly SecureWhat[] = ["card", "pin", "number"];

function Progress({ id, secure, own }: { id: string; secure: NonNullable<Call["secure"]>; own: boolean }) {
  const t = useT();
  return (
    <>
      <StateChip state="live" icon={<LockKeyhole size={12} aria-hidden="true" />}>
        {t(`calls.secure.what.${secure.what}`)}
      </StateChip>
      <p className={styles.dots} role="status">
        <span aria-hidden="true">{"●".repeat(secure.digits) || "○"}</span>
        <span className="visually-hidden">{t("calls.secure.digits", { count: secure.digits })}</span>
      </p>
      <p className={styles.quiet}>{t("calls.secure.running")}</p>
      {own ? (
        <Button onPress={() => tellCall({ t: "call_secure", contact: id, on: false })}>
          {t("calls.secure.stop")}
        </Button>
      ) : null}
    </>
  );
}

function Choose({ id }: { id: string }) {
  const t = useT();
  const [what, setWhat] = useState<SecureWhat>("card");
  return (
    <>
      <Segments
        label={t("calls.secure.choose")}
        items={WHATS.map((each) => ({ id: each, label: t(`calls.secure.what.${each}`) }))}
        chosen={what}
        onChoose={setWhat}
      />
      <Button
        tone="primary"
        icon={<LockKeyhole size={14} aria-hidden="true" />}
        onPress={() => tellCall({ t: "call_secure", contact: id, on: true, what, length: LENGTHS[what] })}
      >
        {t("calls.secure.start")}
      </Button>
      <p className={styles.quiet}>{t("calls.secure.explain")}</p>
    </>
  );
}

export interface SecurePanelProps {
  id: string;
  secure: Call["secure"];
  own: boolean;
  /** The agent asks for it. */
  wanted: boolean;
  onClose: () => void;
}

export function SecurePanel({ id, secure, own, wanted, onClose }: SecurePanelProps) {
  const t = useT();
  const [followed, setFollowed] = useState(false);
  const running = isRunning(secure);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tray closes once, when input begins.
  useEffect(() => {
    if (!running) return;
    setFollowed(true);
    onClose(); // what was asked for is there; how it went comes next, not the question again
  }, [running]);
  const shown = shownOf(secure, wanted, followed);
  if (shown === null) return null;
  return (
    <section className={styles.tray} aria-label={t("calls.secure")}>
      {shown === "running" && secure ? <Progress id={id} secure={secure} own={own} /> : null}
      {shown === "choose" ? <Choose id={id} /> : null}
      {shown === "outcome" && secure?.outcome ? (
        <>
          <StateChip state={secure.outcome === "done" ? "ok" : secure.outcome === "failed" ? "late" : "off"}>
            {t(`calls.secure.outcome.${secure.outcome}`)}
          </StateChip>
          {secure.masked ? (
            <span className={styles.masked}>•••• {secure.masked.replace(/[^0-9]/g, "")}</span>
          ) : null}
        </>
      ) : null}
      {shown === "running" ? null : (
        <IconButton
          label={t("ui.close")}
          icon={<X size={14} aria-hidden="true" />}
          onPress={() => {
            setFollowed(false);
            onClose();
          }}
        />
      )}
    </section>
  );
}
