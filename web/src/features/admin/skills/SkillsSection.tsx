/** What agents can be good at, and who is. */
import { type Person, type Skill, useItems } from "@/api/settings";
import { Link } from "@/app/Link";
import { hasRole } from "@/app/session";
import { localText, useT } from "@/i18n/t";
import { CrudSection } from "../crud/CrudSection";
import styles from "../crud/crud.module.css";
import { Group, NO_TEXTS } from "../crud/fields";
import type { FormProps, Kind } from "../crud/kind";
import { Naming } from "../crud/Naming";
import type { SectionProps } from "../sections";

type SkillDraft = Omit<Skill, "version">;

function WhoHasIt({ skill }: { skill: string }) {
  const t = useT();
  const { data } = useItems<Person>(hasRole("supervisor", "admin") ? "/agents" : null);
  const people = (data?.items ?? []).flatMap((person) => {
    const level = person.skills.find((each) => each.skill_id === skill)?.level;
    return level && !person.disabled ? [{ person, level }] : [];
  });
  if (people.length === 0) return <p className={styles.hint}>{t("admin.skills.nobody")}</p>;
  return (
    <ul className={styles.rows}>
      {people
        .toSorted((a, b) => b.level - a.level)
        .map(({ person, level }) => (
          <li key={person.id}>
            <Link to={`/admin/people/${person.id}`}>{person.name}</Link>{" "}
            <span className={styles.hint}>
              {level} · {t(`admin.level.${level as 1 | 2 | 3 | 4 | 5}`)}
            </span>
          </li>
        ))}
    </ul>
  );
}

function SkillForm({ draft, set, errors, isNew, locked, item }: FormProps<SkillDraft, Skill>) {
  const t = useT();
  return (
    <>
      <Group title={t("admin.skills.what")} hint={t("admin.skills.hint")}>
        <Naming draft={draft} set={set} errors={errors} isNew={isNew} locked={locked} />
      </Group>
      {item ? (
        <Group title={t("admin.skills.who")}>
          <WhoHasIt skill={item.id} />
        </Group>
      ) : null}
    </>
  );
}

const SKILLS: Kind<Skill, SkillDraft> = {
  section: "skills",
  path: "/skills",
  writes: ["admin"],
  title: "admin.section.skills",
  add: "admin.skills.add",
  empty: "admin.skills.empty",
  emptyText: "admin.skills.empty_text",
  removeTitle: "admin.skills.remove",
  idOf: (skill) => skill.id,
  nameOf: (skill) => localText(skill.name, skill.id),
  detailOf: (skill) => skill.id,
  blank: () => ({ id: "", name: NO_TEXTS }),
  draftOf: ({ id, name }) => ({ id, name }),
  bodyOf: ({ id, name }, version) => (version === null ? { id, name } : { name, version }),
  Form: SkillForm,
};

export default function SkillsSection({ id }: SectionProps) {
  return <CrudSection kind={SKILLS} id={id} />;
}
