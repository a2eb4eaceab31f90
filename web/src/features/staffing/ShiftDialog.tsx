/** A shift by hand: whose, from when to when, with which lunch. What it breaks is shown in the roster. */
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import { lookup, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { type Contract, clockIn, dayIn, instantOf, type Shift, type Violation } from "./staffing";
import styles from "./staffing.module.css";

const OPEN = "open";
const LUNCH_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface ShiftDialogProps {
  /** The shift to change; none: a new one for this agent and day. */
  shift: Shift | null;
  agent_id: string | null;
  day: string;
  plan_id: string | null;
  zone: string;
  contracts: readonly Contract[];
  broken: readonly Violation[];
  onClose: () => void;
  onSaved: () => void;
}

export function ShiftDialog(props: ShiftDialogProps) {
  const { shift, zone, contracts, broken, plan_id, onClose, onSaved } = props;
  const t = useT();
  const lunch = shift?.pauses.find((each) => each.kind === "lunch");
  const [agent, setAgent] = useState(shift ? shift.agent_id : props.agent_id);
  const [start, setStart] = useState(shift ? clockIn(zone, shift.start_at) : "09:00");
  const [end, setEnd] = useState(shift ? clockIn(zone, shift.end_at) : "18:00");
  const [lunchAt, setLunchAt] = useState(shift ? (lunch ? clockIn(zone, lunch.start_at) : "") : "13:00");
  const [error, setError] = useState<ApiError | null>(null);
  const day = shift ? dayIn(zone, shift.start_at) : props.day;

  const body = () => {
    const start_at = instantOf(zone, day, start);
    // At or before the start: on the next day.
    const after = (clock: string) => {
      const at = instantOf(zone, day, clock);
      return at > start_at ? at : new Date(Date.parse(at) + DAY_MS).toISOString();
    };
    const moved_ms = shift ? Date.parse(start_at) - Date.parse(shift.start_at) : 0;
    const move = (at: string) => new Date(Date.parse(at) + moved_ms).toISOString();
    const length_ms = lunch ? Date.parse(lunch.end_at) - Date.parse(lunch.start_at) : LUNCH_MS;
    const breaks = (shift?.pauses ?? []).filter((each) => each.kind === "break");
    return {
      agent_id: agent,
      start_at,
      end_at: after(end),
      queues: shift?.queues ?? contracts.find((each) => each.agent_id === agent)?.queues ?? [],
      pattern_id: shift?.pattern_id ?? "",
      pauses: [
        ...breaks.map((each) => ({ ...each, start_at: move(each.start_at), end_at: move(each.end_at) })),
        ...(lunchAt
          ? [
              {
                kind: "lunch",
                start_at: after(lunchAt),
                end_at: new Date(Date.parse(after(lunchAt)) + length_ms).toISOString(),
              },
            ]
          : []),
      ],
    };
  };
  const send = async (call: () => Promise<unknown>) => {
    try {
      await call();
      onSaved();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    }
  };
  const save = () =>
    send(() =>
      shift
        ? api.put(`/staffing/shifts/${shift.id}`, { ...body(), version: shift.version })
        : api.post("/staffing/shifts", { ...body(), plan_id }),
    );
  return (
    <Dialog
      title={shift ? t("staffing.edit_shift") : t("staffing.new_shift")}
      open
      onClose={onClose}
      actions={
        <>
          {shift ? (
            <Button tone="danger" onPress={() => void send(() => api.delete(`/staffing/shifts/${shift.id}`))}>
              {t("staffing.remove_shift")}
            </Button>
          ) : null}
          <Button tone="primary" isDisabled={!start || !end} onPress={() => void save()}>
            {t("staffing.save")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <Select
          label={t("staffing.agent")}
          items={[
            { id: OPEN, label: t("staffing.open_shift") },
            ...contracts.map((each) => ({ id: each.agent_id, label: each.name })),
          ]}
          value={agent ?? OPEN}
          onChange={(id) => setAgent(id === OPEN ? null : id)}
        />
        <div className={styles.fields}>
          <TextField label={t("staffing.start")} type="time" value={start} onChange={setStart} />
          <TextField label={t("staffing.end")} type="time" value={end} onChange={setEnd} />
          <TextField
            label={t("staffing.lunch_at")}
            type="time"
            value={lunchAt}
            onChange={setLunchAt}
            hint={t("staffing.lunch_hint")}
          />
        </div>
        {broken.length > 0 ? (
          <p className={styles.less}>
            {t("staffing.breaks_rules", {
              rules: broken.map((one) => lookup(`staffing.rule.${one.rule}`) ?? one.rule).join(", "),
            })}
          </p>
        ) : null}
        {error ? (
          <p role="alert" className={styles.less}>
            {error.message} {error.fix}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
