/** When people are there: weekly hours, days that differ, holidays, the emergency switch. */
import { localText, t } from "@/i18n/t";
import { CrudSection } from "../crud/CrudSection";
import { NO_TEXTS } from "../crud/fields";
import type { Kind } from "../crud/kind";
import type { SectionProps } from "../sections";
import { CalendarForm } from "./CalendarForm";
import { type Calendar, mondayToFriday } from "./calendar";

export type CalendarDraft = Omit<Calendar, "version">;

const HOURS: Kind<Calendar, CalendarDraft> = {
  section: "hours",
  path: "/calendars",
  writes: ["supervisor", "designer", "admin"],
  title: "admin.section.hours",
  add: "admin.hours.add",
  empty: "admin.hours.empty",
  emptyText: "admin.hours.empty_text",
  removeTitle: "admin.hours.remove",
  idOf: (calendar) => calendar.id,
  nameOf: (calendar) => localText(calendar.name, calendar.id),
  detailOf: (calendar) => (calendar.emergency ? t("admin.hours.emergency_on") : calendar.time_zone),
  blank: () => ({
    id: "",
    name: NO_TEXTS,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    country: "",
    weekly: mondayToFriday({ mon: [["09:00", "18:00"]] }),
    exceptions: [],
    emergency: false,
  }),
  draftOf: ({ version: _version, ...draft }) => draft,
  bodyOf: ({ id, ...body }, version) => (version === null ? { id, ...body } : { ...body, version }),
  Form: CalendarForm,
};

export default function HoursSection({ id }: SectionProps) {
  return <CrudSection kind={HOURS} id={id} />;
}
