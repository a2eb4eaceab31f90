/** What may be called, how often, and for how much. */
import { TriangleAlert } from "lucide-react";
import { useItems } from "@/api/settings";
import { hasRole } from "@/app/session";
import { t, useLocale, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { ComboBox } from "@/ui/ComboBox";
import { EmptyState } from "@/ui/EmptyState";
import { StateChip } from "@/ui/StateChip";
import { Switch } from "@/ui/Switch";
import { Detail } from "../crud/Detail";
import { errorAt } from "../crud/errors";
import { Columns, Group, NumberField } from "../crud/fields";
import type { FormProps, Kind } from "../crud/kind";
import { currencySign, milliOf } from "./money";
import { useCountries } from "./names";
import { Prefixes } from "./Prefixes";
import { Prices } from "./Prices";
import { bodyOfPolicy, type Policy, type Rules } from "./policy";
import { Tester } from "./Tester";
import styles from "./telephone.module.css";

function OutgoingForm({ draft, set, errors, locked }: FormProps<Rules, Policy>) {
  const text = useT();
  const language = useLocale();
  const countries = useCountries();
  const sign = currencySign(draft.region, language);
  const at = (field: string) => errorAt(errors, `rules.${field}`);
  return (
    <>
      <Group title={text("telephone.out.what")} hint={text("telephone.out.hint")}>
        <span>
          <Switch
            label={text("telephone.out.enabled")}
            on={draft.enabled}
            onChange={(enabled) => set({ enabled })}
            disabled={locked}
          />{" "}
          {draft.enabled ? null : <StateChip state="off">{text("telephone.out.off")}</StateChip>}
        </span>
        <Columns>
          <ComboBox
            label={text("admin.field.region")}
            items={countries}
            value={draft.region}
            onChange={(region) => set({ region })}
            error={at("region")}
            empty={text("ui.nothing_found")}
            disabled={locked}
          />
        </Columns>
        <p className={styles.hint}>{text("telephone.lines.region_hint")}</p>
        <Prefixes
          label={text("telephone.out.allowed")}
          hint={text("telephone.out.allowed_hint")}
          add={text("telephone.out.add_allowed")}
          none={text("telephone.out.nothing_allowed")}
          prefixes={draft.allowed}
          onChange={(allowed) => set({ allowed })}
          error={at("allowed")}
          locked={locked}
        />
        <Prefixes
          label={text("telephone.out.blocked")}
          hint={text("telephone.out.blocked_hint")}
          add={text("telephone.out.add_blocked")}
          none={text("telephone.out.nothing_blocked")}
          prefixes={draft.blocked}
          onChange={(blocked) => set({ blocked })}
          error={at("blocked")}
          locked={locked}
        />
        <Switch
          label={text("telephone.out.costly")}
          on={draft.costly_allowed}
          onChange={(costly_allowed) => set({ costly_allowed })}
          disabled={locked}
        />
        {draft.costly_allowed ? (
          <p className={styles.warning} role="note">
            <TriangleAlert size={16} aria-hidden="true" />
            {text("telephone.out.costly_warning")}
          </p>
        ) : null}
      </Group>
      <Group title={text("telephone.out.limits")}>
        <Columns>
          <NumberField
            label={text("telephone.out.rate")}
            value={draft.calls_per_minute}
            onChange={(rate) => set({ calls_per_minute: rate ?? Number.NaN })}
            error={at("calls_per_minute")}
            min={0}
            locked={locked}
          />
          <NumberField
            label={sign ? text("telephone.out.cap", { sign }) : text("telephone.out.cap_plain")}
            value={draft.daily_spend_cap_milli / 1000}
            onChange={(amount) => set({ daily_spend_cap_milli: milliOf(amount) })}
            error={at("daily_spend_cap_milli")}
            hint={text("telephone.out.cap_hint")}
            min={0}
            locked={locked}
          />
          <NumberField
            label={text("telephone.out.minutes")}
            value={draft.expected_minutes}
            onChange={(minutes) => set({ expected_minutes: minutes ?? Number.NaN })}
            error={at("expected_minutes")}
            min={0}
            locked={locked}
          />
          <NumberField
            label={sign ? text("telephone.out.unknown", { sign }) : text("telephone.out.unknown_plain")}
            value={draft.unknown_price_milli / 1000}
            onChange={(amount) => set({ unknown_price_milli: milliOf(amount) })}
            error={at("unknown_price_milli")}
            hint={text("telephone.out.unknown_hint")}
            min={0}
            locked={locked}
          />
        </Columns>
      </Group>
      <Prices draft={draft} set={set} errors={errors} locked={locked} sign={sign} />
    </>
  );
}

const OUTGOING: Kind<Policy, Rules> = {
  section: "telephone/outgoing",
  path: "/outbound-policy",
  writes: ["admin"],
  creates: false,
  title: "telephone.out.title",
  add: "telephone.out.title",
  empty: "telephone.out.title",
  emptyText: "telephone.out.hint",
  idOf: (policy) => policy.id,
  nameOf: () => t("telephone.out.title"),
  blank: () => {
    throw new Error("Every company has its rules; there are no new ones.");
  },
  draftOf: ({ rules }) => rules,
  bodyOf: bodyOfPolicy,
  Form: OutgoingForm,
};

export function OutgoingTab() {
  const text = useT();
  const { data, error, reload } = useItems<Policy>(OUTGOING.path);
  const policy = data?.items[0];
  if (policy === undefined) {
    return error ? (
      <EmptyState
        title={error.message}
        text={error.fix}
        action={<Button onPress={() => void reload()}>{text("ui.retry")}</Button>}
      />
    ) : (
      <div aria-busy="true" />
    );
  }
  return (
    <div className={styles.single}>
      <Detail kind={OUTGOING} item={policy} locked={!hasRole("admin")} />
      <Tester region={policy.rules.region} />
    </div>
  );
}
