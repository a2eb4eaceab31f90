/** The sections of administration, and who may read each. Source: src/warmline/features/security/roles.py. */
import {
  BellRing,
  CalendarClock,
  Coffee,
  Inbox,
  Megaphone,
  MessageCircleMore,
  MessageSquareText,
  PhoneCall,
  Route,
  ShieldCheck,
  Siren,
  Sparkles,
  UsersRound,
  Waypoints,
} from "lucide-react";
import type { ComponentType, LazyExoticComponent } from "react";
import { lazy } from "@/app/fetching";
import { withTexts } from "@/i18n/t";
import { TELEPHONE } from "@/i18n/telephone";

export interface SectionProps {
  /** The chosen item, or "new". */
  id: string | undefined;
  /** What is chosen within `id`, where a section has parts. */
  item?: string | undefined;
}

export interface Section {
  id:
    | "people"
    | "queues"
    | "skills"
    | "profiles"
    | "routing"
    | "pauses"
    | "hours"
    | "emergency"
    | "announcements"
    | "alerts"
    | "macros"
    | "widgets"
    | "telephone"
    | "audit";
  icon: ComponentType<{ size?: number; "aria-hidden"?: "true" }>;
  roles: readonly string[];
  page: LazyExoticComponent<ComponentType<SectionProps>>;
}

const LEADERS = ["supervisor", "admin"];
const SHAPERS = ["supervisor", "designer", "admin"];

export const SECTIONS: readonly Section[] = [
  { id: "people", icon: UsersRound, roles: LEADERS, page: lazy(() => import("./people/PeopleSection")) },
  { id: "queues", icon: Inbox, roles: SHAPERS, page: lazy(() => import("./queues/QueuesSection")) },
  { id: "skills", icon: Sparkles, roles: SHAPERS, page: lazy(() => import("./skills/SkillsSection")) },
  { id: "profiles", icon: Route, roles: SHAPERS, page: lazy(() => import("./profiles/ProfilesSection")) },
  { id: "routing", icon: Waypoints, roles: LEADERS, page: lazy(() => import("./routing/RoutingSection")) },
  { id: "pauses", icon: Coffee, roles: LEADERS, page: lazy(() => import("./pauses/PausesSection")) },
  { id: "hours", icon: CalendarClock, roles: SHAPERS, page: lazy(() => import("./hours/HoursSection")) },
  { id: "emergency", icon: Siren, roles: SHAPERS, page: lazy(() => import("./emergency/EmergencySection")) },
  { id: "alerts", icon: BellRing, roles: LEADERS, page: lazy(() => import("./alerts/AlertsSection")) },
  {
    id: "announcements",
    icon: Megaphone,
    roles: SHAPERS,
    page: lazy(() => import("./announcements/AnnouncementsSection")),
  },
  { id: "macros", icon: MessageSquareText, roles: SHAPERS, page: lazy(() => import("./macros/MacrosSection")) },
  { id: "widgets", icon: MessageCircleMore, roles: SHAPERS, page: lazy(() => import("./widgets/WidgetsSection")) },
  {
    id: "telephone",
    icon: PhoneCall,
    roles: SHAPERS,
    page: lazy(() => withTexts(TELEPHONE, import("./telephone/TelephoneSection"))),
  },
  { id: "audit", icon: ShieldCheck, roles: ["admin"], page: lazy(() => import("./audit/AuditSection")) },
];

export function sectionsFor(roles: readonly string[]): readonly Section[] {
  return SECTIONS.filter((section) => section.roles.some((role) => roles.includes(role)));
}
