/** Whether the call is recorded, in view of who speaks; paused and resumed here. */
import { Circle, Pause, Play } from "lucide-react";
import { useT } from "@/i18n/t";
import { tellCall } from "@/live/asking";
import type { Call } from "@/live/calls";
import { IconButton } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import styles from "../calls.module.css";

export function RecordingSign({ id, call, own }: { id: string; call: Call; own: boolean }) {
  const t = useT();
  const { state } = call.recording;
  if (state === "off") return null;
  const on = state === "on";
  return (
    <span className={styles.recording}>
      <StateChip
        state={on ? "live" : "wait"}
        icon={
          on ? <Circle size={9} fill="currentColor" aria-hidden="true" /> : <Pause size={12} aria-hidden="true" />
        }
      >
        {t(on ? "calls.recording.on" : "calls.recording.paused")}
      </StateChip>
      {own ? (
        <IconButton
          label={t(on ? "calls.recording.pause" : "calls.recording.resume")}
          icon={on ? <Pause size={13} aria-hidden="true" /> : <Play size={13} aria-hidden="true" />}
          onPress={() => tellCall({ t: "call_record", contact: id, on: !on })}
        />
      ) : null}
    </span>
  );
}
