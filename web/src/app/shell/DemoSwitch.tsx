/** Demo only: hold the simulated customers, or let them go on. */
import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { ApiError } from "@/api/client";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { showToast } from "@/ui/toasts";
import { pauseSimulation, useDemo } from "../demo";
import styles from "./shell.module.css";

export function DemoSwitch() {
  const t = useT();
  const demo = useDemo();
  const [busy, setBusy] = useState(false);
  if (!demo?.simulation) return null;
  const toggle = async () => {
    setBusy(true);
    try {
      await pauseSimulation(!demo.paused);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      showToast({ tone: "bad", text: error.message, fix: error.fix });
    } finally {
      setBusy(false);
    }
  };
  const label = t(demo.paused ? "shell.resume_simulation" : "shell.pause_simulation");
  const Icon = demo.paused ? Play : Pause;
  return (
    <Button
      tone={demo.paused ? "primary" : "quiet"}
      isPending={busy}
      onPress={toggle}
      icon={<Icon size={14} aria-hidden="true" />}
    >
      <span className={styles.wideText}>{label}</span>
    </Button>
  );
}
