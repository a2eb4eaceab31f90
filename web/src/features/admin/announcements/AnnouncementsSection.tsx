/** What customers are told at a journey's announcement places, while it is valid. */
import { formatDate } from "@/i18n/format";
import { localText, t } from "@/i18n/t";
import { CrudSection } from "../crud/CrudSection";
import { NO_TEXTS } from "../crud/fields";
import type { Kind } from "../crud/kind";
import type { SectionProps } from "../sections";
import { AnnouncementForm } from "./AnnouncementForm";
import {
  type Announcement,
  type AnnouncementDraft,
  blankAnnouncement,
  bodyOfAnnouncement,
  draftOfAnnouncement,
  phaseOf,
} from "./announcement";

const ANNOUNCEMENTS: Kind<Announcement, AnnouncementDraft> = {
  section: "announcements",
  path: "/announcements",
  writes: ["supervisor", "designer", "admin"],
  title: "admin.section.announcements",
  add: "admin.announcements.add",
  empty: "admin.announcements.empty",
  emptyText: "admin.announcements.empty_text",
  removeTitle: "admin.announcements.remove",
  idOf: (one) => one.id,
  nameOf: (one) => localText(one.texts, one.slot),
  detailOf: (one) => {
    const phase = phaseOf(one, Date.now());
    return `${t(`admin.phase.${phase}`)} · ${formatDate(one.starts_at)} – ${formatDate(one.ends_at)}`;
  },
  faded: (one) => ["off", "over"].includes(phaseOf(one, Date.now())),
  blank: () => blankAnnouncement(Date.now(), NO_TEXTS),
  draftOf: draftOfAnnouncement,
  bodyOf: bodyOfAnnouncement,
  Form: AnnouncementForm,
};

export default function AnnouncementsSection({ id }: SectionProps) {
  return <CrudSection kind={ANNOUNCEMENTS} id={id} />;
}
