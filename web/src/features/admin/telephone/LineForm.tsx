/** A line: whom it leads to, how it is reached, how many calls it carries. */
import { useT } from "@/i18n/t";
import { ComboBox } from "@/ui/ComboBox";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";
import { TextField } from "@/ui/TextField";
import styles from "../crud/crud.module.css";
import { errorAt } from "../crud/errors";
import { Columns, Group, NumberField } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import { Naming } from "../crud/Naming";
import { LinePassword } from "./LinePassword";
import type { Line, LineDraft, Mode } from "./line";
import { withTransport } from "./line";
import { useCountries } from "./names";

const MODES: readonly Mode[] = ["registration", "address"];
const TRANSPORTS: readonly Line["transport"][] = ["udp", "tcp", "tls"];
const AUDIO: readonly Line["srtp"][] = ["off", "optional", "required"];

export function LineForm(props: FormProps<LineDraft, Line>) {
  const { draft, set, errors, isNew, locked, item } = props;
  const t = useT();
  const countries = useCountries();
  return (
    <>
      <Group title={t("telephone.lines.what")}>
        <Naming draft={draft} set={set} errors={errors} isNew={isNew} locked={locked} />
        <Switch
          label={t("telephone.lines.in_use")}
          on={draft.enabled}
          onChange={(enabled) => set({ enabled })}
          disabled={locked}
        />
      </Group>
      <Group title={t("telephone.lines.reach")}>
        <Columns>
          <Select
            label={t("admin.field.mode")}
            items={MODES.map((id) => ({
              id,
              label: t(`telephone.lines.mode.${id}`),
              detail: t(`telephone.lines.mode_text.${id}`),
            }))}
            value={draft.mode}
            onChange={(id) => set({ mode: MODES.find((mode) => mode === id) ?? draft.mode })}
            error={errorAt(errors, "mode")}
            disabled={locked}
          />
          <TextField
            label={t("admin.field.host")}
            value={draft.host}
            onChange={(host) => set({ host })}
            error={errorAt(errors, "host")}
            placeholder="sip.example.com"
            autoComplete="off"
            disabled={locked}
          />
          <Select
            label={t("admin.field.transport")}
            items={TRANSPORTS.map((id) => ({ id, label: t(`telephone.lines.transport.${id}`) }))}
            value={draft.transport}
            onChange={(id) => set(withTransport(draft, TRANSPORTS.find((one) => one === id) ?? draft.transport))}
            error={errorAt(errors, "transport")}
            disabled={locked}
          />
          <NumberField
            label={t("admin.field.port")}
            value={draft.port}
            onChange={(port) => set({ port: port ?? Number.NaN })}
            error={errorAt(errors, "port")}
            min={1}
            max={65_535}
            locked={locked}
          />
          <Select
            label={t("admin.field.srtp")}
            items={AUDIO.map((id) => ({ id, label: t(`telephone.lines.srtp.${id}`) }))}
            value={draft.srtp}
            onChange={(id) => set({ srtp: AUDIO.find((one) => one === id) ?? draft.srtp })}
            error={errorAt(errors, "srtp")}
            disabled={locked}
          />
          {draft.mode === "registration" ? (
            <TextField
              label={t("admin.field.username")}
              value={draft.username}
              onChange={(username) => set({ username })}
              error={errorAt(errors, "username")}
              autoComplete="off"
              disabled={locked}
            />
          ) : null}
        </Columns>
        <TextField
          label={t("admin.field.addresses")}
          value={draft.addresses}
          onChange={(addresses) => set({ addresses })}
          error={errorAt(errors, "addresses")}
          hint={t("telephone.lines.addresses_hint")}
          rows={3}
          disabled={locked}
        />
      </Group>
      {locked ? null : <LinePassword id={item?.id ?? null} />}
      <Group title={t("telephone.lines.calls")}>
        <Columns>
          <TextField
            label={t("admin.field.caller_number")}
            value={draft.caller_number}
            onChange={(caller_number) => set({ caller_number })}
            error={errorAt(errors, "caller_number")}
            hint={t("telephone.lines.caller_hint")}
            placeholder="+8215881234"
            autoComplete="off"
            disabled={locked}
          />
          <ComboBox
            label={t("admin.field.region")}
            items={countries}
            value={draft.region}
            onChange={(region) => set({ region })}
            error={errorAt(errors, "region")}
            empty={t("ui.nothing_found")}
            disabled={locked}
          />
          <NumberField
            label={t("admin.field.calls_at_most")}
            value={draft.calls_at_most}
            onChange={(calls) => set({ calls_at_most: calls ?? Number.NaN })}
            error={errorAt(errors, "calls_at_most")}
            min={1}
            locked={locked}
          />
          <NumberField
            label={t("admin.field.priority")}
            value={draft.priority}
            onChange={(priority) => set({ priority: priority ?? Number.NaN })}
            error={errorAt(errors, "priority")}
            hint={t("telephone.lines.priority_hint")}
            min={1}
            max={100}
            locked={locked}
          />
        </Columns>
        <p className={styles.hint}>{t("telephone.lines.region_hint")}</p>
        <Switch
          label={t("telephone.lines.inband")}
          on={draft.inband_digits}
          onChange={(inband_digits) => set({ inband_digits })}
          disabled={locked}
        />
        <p className={styles.hint}>{t("telephone.lines.inband_hint")}</p>
      </Group>
    </>
  );
}
