/** What a conversation is held in: backends with faults, hours, staffing, and the moment it begins. */
import { useT } from "@/i18n/t";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { taskName } from "../../desk/names";
import { NO_NAMES, useNames } from "../inspector/names";
import { nameIn } from "./names";
import styles from "./simulator.module.css";
import { anew, answerWords, type Simulation, surrounded, type Talk } from "./talk";

const ITSELF = "";

export interface SurroundingsProps {
  talk: Talk;
  told: Simulation | null;
  onChange: (talk: Talk) => void;
}

/** A moment as a field for local time writes it, and back. */
function localMoment(at: string): string {
  const moment = new Date(at);
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

export function Surroundings({ talk, told, onChange }: SurroundingsProps) {
  const t = useT();
  const names = useNames().data ?? NO_NAMES;
  const { scenery } = talk;
  const pick = (kind: "hours" | "queues" | "faults", name: string) => (id: string) =>
    onChange(surrounded(talk, kind, name, id === ITSELF ? null : id));
  const tasks = Object.entries(told?.answers ?? {});
  return (
    <div className={styles.surroundings}>
      <TextField
        label={t("simulator.start_at")}
        type="datetime-local"
        value={localMoment(scenery.start_at)}
        onChange={(value) => {
          const moment = new Date(value);
          if (!Number.isNaN(moment.getTime())) onChange(anew(talk, { start_at: moment.toISOString() }));
        }}
      />
      {tasks.map(([task, answers]) => (
        <fieldset key={task} className={styles.backend}>
          <legend>{taskName(task)}</legend>
          <Select
            label={t("simulator.fault_of", { task: taskName(task) })}
            labelHidden
            value={scenery.faults[task] ?? ITSELF}
            onChange={pick("faults", task)}
            items={[
              { id: ITSELF, label: t("simulator.fault.none") },
              { id: "slow", label: t("simulator.fault.slow") },
              { id: "failing", label: t("simulator.fault.failing") },
              { id: "down", label: t("simulator.fault.down") },
            ]}
          />
          {answers.length > 1 ? (
            <Select
              label={t("simulator.answer_of", { task: taskName(task) })}
              labelHidden
              value={String(scenery.choices[task] ?? 0)}
              onChange={(id) => onChange(surrounded(talk, "choices", task, Number(id)))}
              items={answers.map((answer, at) => ({
                id: String(at),
                label: t("simulator.answer", { number: at + 1 }),
                detail: answerWords(answer),
              }))}
            />
          ) : null}
        </fieldset>
      ))}
      {(told?.calendars ?? []).map((calendar) => (
        <Select
          key={calendar}
          label={t("simulator.hours_of", { calendar: nameIn(names.calendars, calendar) })}
          value={scenery.hours[calendar] ?? ITSELF}
          onChange={pick("hours", calendar)}
          items={[
            { id: ITSELF, label: t("simulator.hours.clock") },
            { id: "open", label: t("simulator.hours.open") },
            { id: "closed", label: t("simulator.hours.closed") },
            { id: "holiday", label: t("simulator.hours.holiday") },
            { id: "emergency", label: t("simulator.hours.emergency") },
          ]}
        />
      ))}
      {(told?.queues ?? []).map((queue) => (
        <Select
          key={queue}
          label={t("simulator.queue_of", { queue: nameIn(names.queues, queue) })}
          value={scenery.queues[queue] ?? ITSELF}
          onChange={pick("queues", queue)}
          items={[
            { id: ITSELF, label: t("simulator.queue.staffed") },
            { id: "unstaffed", label: t("simulator.queue.unstaffed") },
            { id: "full", label: t("simulator.queue.full") },
          ]}
        />
      ))}
    </div>
  );
}
