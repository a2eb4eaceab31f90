/** Routing profiles: which queues agents serve, and how much at once. */
import type { RoutingProfile } from "@/api/settings";
import { localText, t } from "@/i18n/t";
import { CrudSection } from "../crud/CrudSection";
import { NO_TEXTS } from "../crud/fields";
import type { Kind } from "../crud/kind";
import type { SectionProps } from "../sections";
import { PLAIN_MEDIA } from "./media";
import { ProfileForm } from "./ProfileForm";

export type ProfileDraft = Omit<RoutingProfile, "version">;

const PROFILES: Kind<RoutingProfile, ProfileDraft> = {
  section: "profiles",
  path: "/routing-profiles",
  writes: ["admin"],
  title: "admin.section.profiles",
  add: "admin.profiles.add",
  empty: "admin.profiles.empty",
  emptyText: "admin.profiles.empty_text",
  removeTitle: "admin.profiles.remove",
  idOf: (profile) => profile.id,
  nameOf: (profile) => localText(profile.name, profile.id),
  detailOf: (profile) => t("admin.profiles.count", { count: profile.queues.length }),
  blank: () => ({
    id: "",
    name: NO_TEXTS,
    capacity: { webchat: 3 },
    queues: [],
    media: PLAIN_MEDIA,
    misses_allowed: 3,
  }),
  draftOf: ({ version: _version, ...draft }) => draft,
  bodyOf: ({ id, ...body }, version) => (version === null ? { id, ...body } : { ...body, version }),
  Form: ProfileForm,
};

export default function ProfilesSection({ id }: SectionProps) {
  return <CrudSection kind={PROFILES} id={id} />;
}
