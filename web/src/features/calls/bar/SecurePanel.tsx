/** The caller types a card, a PIN or a number; nobody hears or sees it, only how far they are. */
import { LockKeyhole, X } from "lucide-react";
import { useState } from "react";
import { useT } from "@/i18n/t";
import { tellCall } from "@/live/asking";
import type { Call, SecureWhat } from "@/live/calls";
import { Button, IconButton } from "@/ui/Button";
import { Segments } from "@/ui/Segments";
import { StateChip } from "@/ui/StateChip";
import styles from "../calls.module.css";

/** How many digits each takes; the widest that is in use, for cards by ISO/IEC 7812. */
export const LENGTHS: Readonly<Record<SecureWhat, { least: number; most: number }>> = {
  card: { least: 13, most: 19 },
  pin: { least: 4, most: 8 },
  number: { least: 1, most: 24 },
};
const WHATS: readonly SecureWhat[] = ["card", "pin", "number"];

function Progress({ id, secure }: { id: string; secure: NonNullable<Call["secure"]> }) {
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
      <Button onPress={() => tellCall({ t: "call_secure", contact: id, on: false })}>
        {t("calls.secure.stop")}
      </Button>
    </>
  );
}

export interface SecurePanelProps {
  id: string;
  secure: Call["secure"];
  onClose: () => void;
}

export function SecurePanel({ id, secure, onClose }: SecurePanelProps) {
  const t = useT();
  const [what, setWhat] = useState<SecureWhat>("card");
  const [seen, setSeen] = useState<Call["secure"]>(null);
  const over = secure?.outcome ? secure : null;
  if (over && seen === over) return null;
  return (
    <section className={styles.tray} aria-label={t("calls.secure")}>
      {secure && !over ? (
        <Progress id={id} secure={secure} />
      ) : over ? (
        <>
          <StateChip state={over.outcome === "done" ? "ok" : over.outcome === "failed" ? "late" : "off"}>
            {t(`calls.secure.outcome.${over.outcome ?? "done"}`)}
          </StateChip>
          {over.masked ? <span className={styles.masked}>•••• {over.masked.replace(/[^0-9]/g, "")}</span> : null}
        </>
      ) : (
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
      )}
      {secure && !over ? null : (
        <IconButton
          label={t("ui.close")}
          icon={<X size={14} aria-hidden="true" />}
          onPress={() => {
            setSeen(over);
            onClose();
          }}
        />
      )}
    </section>
  );
}
