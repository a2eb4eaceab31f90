/** Settings as `GET /queues`, `/agents` and so on answer. Source: src/warmline/features/admin/schemas.py. */
import type { Locale, LocalText } from "@/i18n/locale";
import { type Resource, useResource } from "./resource";

/** A text that must be there in all three languages. */
export type Trilingual = Readonly<Record<Locale, string>>;

export interface Queue {
  id: string;
  version: number;
  name: Trilingual;
  /** 1 is most urgent, 9 least. */
  priority: number;
  target_s: number;
  /** Percent that should be answered within `target_s`. */
  target_share: number;
  offer_s: number;
  /** 0: none; -1: until the agent is done. */
  wrap_up_s: number;
  max_waiting: number;
  calendar_id: string | null;
  survey_journey_id: string | null;
  dispositions: readonly { id: string; name: Trilingual }[];
  rules: QueueRules;
  wrap_up_optional?: boolean;
}

/** How one queue is served. Source: src/warmline/features/admin/schemas_routing.py. */
export interface QueueRules {
  weight: number;
  selection: string;
  reserve: number;
  broadcast: number;
  rings: readonly Ring[];
  relax_skills_after_s: number | null;
  overflow_queue_id: string | null;
  overflow_after_s: number;
  max_wait_s: number | null;
  at_max_wait: string;
  leave_when_empty: boolean;
  callback: CallbackRules;
}

export interface Ring {
  after_s: number;
  queue_id: string | null;
  skills: readonly { skill: string; level: number }[];
  match: string;
  teams: readonly string[];
  attributes: readonly (readonly string[])[];
}

export interface CallbackRules {
  offered: boolean;
  offer_after_s: number;
  order: string;
  attempts: number;
  retry_s: number;
  confirm_s: number;
}

/** What an agent can do at once, beyond so many contacts per channel. */
export interface Media {
  weights: Readonly<Record<string, number>>;
  total: number | null;
  exclusive: readonly string[];
  /** Pairs: the first may come while the second is in hand. */
  interrupts: readonly (readonly string[])[];
}

export interface Skill {
  id: string;
  version: number;
  name: Trilingual;
}

export interface RoutingProfile {
  id: string;
  version: number;
  name: Trilingual;
  /** Contacts at once, by channel. */
  capacity: Readonly<Record<string, number>>;
  queues: readonly { queue_id: string; priority: number; delay_s: number }[];
  media: Media;
  misses_allowed: number;
}

export interface Person {
  id: string;
  version: number;
  email: string;
  name: string;
  roles: readonly string[];
  locale: Locale;
  routing_profile_id: string | null;
  skills: readonly { skill_id: string; level: number }[];
  team?: string | null;
  attributes?: Readonly<Record<string, string>>;
  disabled: boolean;
  created_at: string;
}

export interface JourneyLine {
  id: string;
  version: number;
  kind: string;
  /** Prompt key. */
  title: string;
  published_by: string | null;
  published_at: string;
}

export interface Prompt {
  key: string;
  channel: "written" | "spoken";
  texts: LocalText;
  /** Written by the company, in place of the platform's. */
  own: boolean;
}

interface Items<Item> {
  items: readonly Item[];
}

/** Every item of a kind of setting; null asks for nothing. */
export function useItems<Item>(path: string | null, fresh_ms = 10_000): Resource<Items<Item>> {
  return useResource<Items<Item>>(path, fresh_ms);
}
