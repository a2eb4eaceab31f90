/** The people who work: accounts, roles, languages, skills. */
import type { Person } from "@/api/settings";
import { t } from "@/i18n/t";
import { CrudSection } from "../crud/CrudSection";
import type { Kind } from "../crud/kind";
import type { SectionProps } from "../sections";
import { PersonForm } from "./PersonForm";
import { bodyOfPerson, draftOfPerson, type PersonDraft, rolesText } from "./person";

const PEOPLE: Kind<Person, PersonDraft> = {
  section: "people",
  path: "/agents",
  writes: ["admin"],
  title: "admin.section.people",
  add: "admin.people.add",
  empty: "admin.people.empty",
  emptyText: "admin.people.empty_text",
  idOf: (person) => person.id,
  nameOf: (person) => person.name,
  detailOf: (person) => (person.disabled ? t("admin.people.disabled") : rolesText(person.roles)),
  faded: (person) => person.disabled,
  blank: () => draftOfPerson(null),
  draftOf: draftOfPerson,
  bodyOf: bodyOfPerson,
  Form: PersonForm,
};

export default function PeopleSection({ id }: SectionProps) {
  return <CrudSection kind={PEOPLE} id={id} />;
}
