/** What somebody is good at, each with a level from 1 to 5. */
import { type Skill, useItems } from "@/api/settings";
import { localText, useT } from "@/i18n/t";
import { Select } from "@/ui/Select";
import { errorAt } from "../crud/errors";
import { Rows } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import type { PersonDraft } from "./person";

const LEVELS = [1, 2, 3, 4, 5] as const;

export function PersonSkills({
  draft,
  set,
  errors,
  locked,
}: Pick<FormProps<PersonDraft>, "draft" | "set" | "errors" | "locked">) {
  const t = useT();
  const { data } = useItems<Skill>("/skills");
  const known = data?.items ?? [];
  const free = known.filter((skill) => !draft.skills.some((each) => each.skill_id === skill.id));
  return (
    <Rows
      rows={draft.skills}
      keyOf={(row) => row.skill_id}
      onChange={(skills) => set({ skills })}
      addLabel={t("admin.people.add_skill")}
      removeLabel={t("admin.people.remove_skill")}
      make={() => ({ skill_id: free[0]?.id ?? "", level: 3 })}
      max={known.length}
      locked={locked}
      empty={t("admin.people.no_skills")}
    >
      {(row, at, change) => (
        <>
          <Select
            label={t("admin.field.skill")}
            labelHidden={at > 0}
            items={known
              .filter((skill) => skill.id === row.skill_id || free.includes(skill))
              .map(({ id, name }) => ({ id, label: localText(name, id) }))}
            value={row.skill_id}
            onChange={(skill_id) => change({ skill_id })}
            error={errorAt(errors, `skills.${at}.skill_id`)}
            disabled={locked}
          />
          <Select
            label={t("admin.field.level")}
            labelHidden={at > 0}
            items={LEVELS.map((level) => ({ id: String(level), label: t(`admin.level.${level}`) }))}
            value={String(row.level)}
            onChange={(level) => change({ level: Number(level) })}
            error={errorAt(errors, `skills.${at}.level`)}
            disabled={locked}
          />
        </>
      )}
    </Rows>
  );
}
