/** Who somebody is, what they may do, which contacts reach them. */
import { type Person, type RoutingProfile, useItems } from "@/api/settings";
import { formatDate } from "@/i18n/format";
import { isLocale, LOCALES } from "@/i18n/locale";
import { localText, useT } from "@/i18n/t";
import { Select } from "@/ui/Select";
import { Checkbox, Switch } from "@/ui/Switch";
import { TextField } from "@/ui/TextField";
import styles from "../crud/crud.module.css";
import { errorAt } from "../crud/errors";
import { Columns, Group } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import { PersonSkills } from "./PersonSkills";
import { type PersonDraft, ROLES, withRole } from "./person";

const NONE = "-";

export function PersonForm({ draft, set, errors, isNew, locked, item }: FormProps<PersonDraft, Person>) {
  const t = useT();
  const profiles = useItems<RoutingProfile>("/routing-profiles");
  const rolesError = errorAt(errors, "roles");
  return (
    <>
      <Group title={t("admin.people.who")}>
        <Columns>
          <TextField
            label={t("admin.field.name")}
            value={draft.name}
            onChange={(name) => set({ name })}
            error={errorAt(errors, "name")}
            disabled={locked}
            autoComplete="off"
          />
          <TextField
            label={t("admin.field.email")}
            type="email"
            value={draft.email}
            onChange={(email) => set({ email })}
            error={errorAt(errors, "email")}
            disabled={locked}
            autoComplete="off"
          />
          <Select
            label={t("admin.field.locale")}
            items={LOCALES.map((each) => ({ id: each, label: t(`shell.locale.${each}`) }))}
            value={draft.locale}
            onChange={(each) => isLocale(each) && set({ locale: each })}
            disabled={locked}
          />
        </Columns>
        {locked ? null : (
          <Columns>
            <TextField
              label={t(isNew ? "admin.field.password" : "admin.people.new_password")}
              type="password"
              value={draft.password}
              onChange={(password) => set({ password })}
              error={errorAt(errors, "password")}
              hint={t(isNew ? "admin.people.password_hint" : "admin.people.new_password_hint")}
              autoComplete="new-password"
            />
          </Columns>
        )}
      </Group>
      <Group title={t("admin.field.roles")} hint={t("admin.people.roles_hint")}>
        <div className={styles.rows}>
          {ROLES.map((role) => (
            <span key={role}>
              <Checkbox
                label={t(`admin.role.${role}`)}
                on={draft.roles.includes(role)}
                onChange={(on) => set({ roles: withRole(draft.roles, role, on) })}
                disabled={locked}
              />{" "}
              <span className={styles.hint}>{t(`admin.role_text.${role}`)}</span>
            </span>
          ))}
        </div>
        {rolesError ? <p className={styles.problem}>{rolesError}</p> : null}
      </Group>
      <Group title={t("admin.people.work")} hint={t("admin.people.work_hint")}>
        <Columns>
          <Select
            label={t("admin.field.routing_profile_id")}
            items={[
              { id: NONE, label: t("admin.people.no_profile") },
              ...(profiles.data?.items ?? []).map(({ id, name }) => ({ id, label: localText(name, id) })),
            ]}
            value={draft.routing_profile_id ?? NONE}
            onChange={(id) => set({ routing_profile_id: id === NONE ? null : id })}
            error={errorAt(errors, "routing_profile_id")}
            disabled={locked}
          />
        </Columns>
        <PersonSkills draft={draft} set={set} errors={errors} locked={locked} />
        <Columns>
          <TextField
            label={t("admin.field.team")}
            value={draft.team}
            onChange={(team) => set({ team })}
            error={errorAt(errors, "team")}
            hint={t("admin.people.team_hint")}
            disabled={locked}
          />
          <TextField
            label={t("admin.field.attributes")}
            value={draft.attributes}
            onChange={(attributes) => set({ attributes })}
            error={errorAt(errors, "attributes")}
            hint={t("admin.people.attributes_hint")}
            rows={3}
            disabled={locked}
          />
        </Columns>
      </Group>
      {item ? (
        <Group
          title={t("admin.people.account")}
          hint={t("admin.people.since", { date: formatDate(item.created_at) })}
        >
          <Switch
            label={t("admin.people.may_sign_in")}
            on={!draft.disabled}
            onChange={(on) => set({ disabled: !on })}
            disabled={locked}
          />
          <p className={styles.hint}>{t("admin.people.disable_hint")}</p>
        </Group>
      ) : null}
    </>
  );
}
