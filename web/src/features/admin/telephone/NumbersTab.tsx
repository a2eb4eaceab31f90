/** Numbers that people dial, and the journeys that answer. */
import { type JourneyLine, type Trilingual, useItems } from "@/api/settings";
import { hasRole } from "@/app/session";
import type { Locale } from "@/i18n/locale";
import { isLocale, LOCALES } from "@/i18n/locale";
import { localText, lookup, useT } from "@/i18n/t";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { CrudSection } from "../crud/CrudSection";
import styles from "../crud/crud.module.css";
import { errorAt } from "../crud/errors";
import { Columns, Group, NO_TEXTS } from "../crud/fields";
import type { FormProps, Kind } from "../crud/kind";
import { Naming } from "../crud/Naming";
import type { Line } from "./line";

interface PhoneNumber {
  id: string;
  version: number;
  number: string;
  name: Trilingual;
  journey_id: string;
  locale: Locale;
  trunk_id: string | null;
  record: "never" | "announced";
}

type NumberDraft = Omit<PhoneNumber, "version">;

const ANY = "-";
const RECORD = ["announced", "never"] as const;

function NumberForm({ draft, set, errors, isNew, locked }: FormProps<NumberDraft, PhoneNumber>) {
  const t = useT();
  const journeys = useItems<JourneyLine>("/journeys");
  const lines = useItems<Line>(hasRole("admin") ? "/trunks" : null);
  const known = lines.data?.items ?? [];
  const chosen = draft.trunk_id;
  return (
    <>
      <Group title={t("telephone.numbers.what")}>
        <Naming draft={draft} set={set} errors={errors} isNew={isNew} locked={locked} />
        <Columns>
          <TextField
            label={t("admin.field.number")}
            value={draft.number}
            onChange={(number) => set({ number: number.replace(/[\s().-]/g, "") })}
            error={errorAt(errors, "number")}
            hint={t("telephone.numbers.number_hint")}
            placeholder="+8215881234"
            autoComplete="off"
            disabled={locked}
          />
          <Select
            label={t("admin.field.trunk_id")}
            items={[
              { id: ANY, label: t("telephone.numbers.any_line") },
              ...known.map((line) => ({ id: line.id, label: localText(line.name, line.id) })),
              ...(chosen && !known.some((line) => line.id === chosen) ? [{ id: chosen, label: chosen }] : []),
            ]}
            value={chosen ?? ANY}
            onChange={(id) => set({ trunk_id: id === ANY ? null : id })}
            error={errorAt(errors, "trunk_id")}
            disabled={locked}
          />
        </Columns>
      </Group>
      <Group title={t("telephone.numbers.answers")}>
        <Columns>
          <Select
            label={t("admin.field.journey_id")}
            items={(journeys.data?.items ?? [])
              .filter((journey) => journey.kind === "journey")
              .map(({ id }) => ({ id, label: lookup(`thread.journey.${id}`) ?? id, detail: id }))}
            value={draft.journey_id || null}
            onChange={(journey_id) => set({ journey_id })}
            error={errorAt(errors, "journey_id")}
            disabled={locked}
          />
          <Select
            label={t("admin.field.locale")}
            items={LOCALES.map((id) => ({ id, label: t(`shell.locale.${id}`) }))}
            value={draft.locale}
            onChange={(id) => isLocale(id) && set({ locale: id })}
            error={errorAt(errors, "locale")}
            disabled={locked}
          />
          <Select
            label={t("admin.field.record")}
            items={RECORD.map((id) => ({ id, label: t(`telephone.numbers.record.${id}`) }))}
            value={draft.record}
            onChange={(id) => set({ record: RECORD.find((one) => one === id) ?? draft.record })}
            error={errorAt(errors, "record")}
            disabled={locked}
          />
        </Columns>
        <p className={styles.hint}>{t("telephone.numbers.record_hint")}</p>
      </Group>
    </>
  );
}

const NUMBERS: Kind<PhoneNumber, NumberDraft> = {
  section: "telephone/numbers",
  path: "/phone-numbers",
  writes: ["admin"],
  title: "telephone.tab.numbers",
  add: "telephone.numbers.add",
  empty: "telephone.numbers.empty",
  emptyText: "telephone.numbers.empty_text",
  removeTitle: "telephone.numbers.remove",
  idOf: (number) => number.id,
  nameOf: (number) => `${number.number} ${localText(number.name, number.id)}`,
  detailOf: (number) =>
    `${lookup(`thread.journey.${number.journey_id}`) ?? number.journey_id} · ${lookup(`shell.locale.${number.locale}`) ?? number.locale}`,
  blank: () => ({
    id: "",
    number: "",
    name: NO_TEXTS,
    journey_id: "",
    locale: "ko",
    trunk_id: null,
    record: "announced",
  }),
  draftOf: ({ version: _version, ...draft }) => draft,
  bodyOf: ({ id, ...body }, version) => (version === null ? { id, ...body } : { ...body, version }),
  Form: NumberForm,
};

export function NumbersTab({ id }: { id: string | undefined }) {
  return <CrudSection kind={NUMBERS} id={id} />;
}
