/** When an announcement is heard, and its times between the form and the API. Pure. */
import type { Trilingual } from "@/api/settings";
import { EVERYBODY, type Scope } from "@/app/emergency/emergency";
import type { State } from "@/ui/StateChip";

export interface Announcement {
  id: string;
  version: number;
  slot: string;
  texts: Trilingual;
  spoken?: Trilingual | null;
  scope?: Partial<Scope>;
  starts_at: string;
  ends_at: string;
  enabled: boolean;
}

export interface AnnouncementDraft {
  slot: string;
  texts: Trilingual;
  /** As a voice says it; null: as it is written. */
  spoken: Trilingual | null;
  scope: Scope;
  /** As `datetime-local` inputs hold them: local time, no zone. */
  starts: string;
  ends: string;
  enabled: boolean;
}

export type Phase = "off" | "coming" | "now" | "over";

export function phaseOf(
  announcement: Pick<Announcement, "enabled" | "starts_at" | "ends_at">,
  now_ms: number,
): Phase {
  if (!announcement.enabled) return "off";
  if (now_ms >= Date.parse(announcement.ends_at)) return "over";
  return now_ms < Date.parse(announcement.starts_at) ? "coming" : "now";
}

export const PHASE_STATES: Readonly<Record<Phase, State>> = {
  off: "off",
  coming: "wait",
  now: "live",
  over: "off",
};

/** An ISO time as a `datetime-local` input shows it here. */
export function toLocal(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** What a `datetime-local` input holds, as an ISO time in UTC; empty when it holds nothing whole. */
export function fromLocal(text: string): string {
  const at = new Date(text);
  return text === "" || Number.isNaN(at.getTime()) ? "" : at.toISOString();
}

export function draftOfAnnouncement(announcement: Announcement): AnnouncementDraft {
  const { slot, texts, spoken, scope, starts_at, ends_at, enabled } = announcement;
  return {
    slot,
    texts,
    spoken: spoken ?? null,
    scope: { ...EVERYBODY, ...scope },
    starts: toLocal(starts_at),
    ends: toLocal(ends_at),
    enabled,
  };
}

export function bodyOfAnnouncement({ starts, ends, ...rest }: AnnouncementDraft, version: number | null): object {
  const body = { ...rest, starts_at: fromLocal(starts), ends_at: fromLocal(ends) };
  return version === null ? body : { ...body, version };
}

/** Said from the next full hour on, for a day. */
export function blankAnnouncement(now_ms: number, texts: Trilingual): AnnouncementDraft {
  const hour = 3_600_000;
  const starts = Math.ceil(now_ms / hour) * hour;
  return {
    slot: "emergency",
    texts,
    spoken: null,
    scope: EVERYBODY,
    starts: toLocal(new Date(starts).toISOString()),
    ends: toLocal(new Date(starts + 24 * hour).toISOString()),
    enabled: true,
  };
}
