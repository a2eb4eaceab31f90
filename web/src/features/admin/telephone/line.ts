/** A provider's line as it is edited, and how the voice processes see it. Pure. */
import type { Trilingual } from "@/api/settings";

export type Mode = "registration" | "address";

export interface Line {
  id: string;
  version: number;
  name: Trilingual;
  mode: Mode;
  host: string;
  port: number;
  transport: "udp" | "tcp" | "tls";
  srtp: "off" | "optional" | "required";
  username: string;
  addresses: readonly string[];
  caller_number: string;
  region: string;
  inband_digits: boolean;
  /** 1 is tried first. */
  priority: number;
  calls_at_most: number;
  enabled: boolean;
}

export interface LineDraft extends Omit<Line, "version" | "addresses"> {
  /** One network a line. */
  addresses: string;
}

export function draftOfLine({ version: _version, addresses, ...rest }: Line): LineDraft {
  return { ...rest, addresses: addresses.join("\n") };
}

/** The body to send; what the chosen way of meeting does not use stays out. */
export function bodyOfLine(draft: LineDraft, version: number | null): object {
  const { id, addresses, username, caller_number, host, ...rest } = draft;
  const body = {
    ...rest,
    host: host.trim(),
    username: draft.mode === "registration" ? username.trim() : "",
    caller_number: caller_number.replace(/[\s().-]/g, ""),
    addresses: addresses.split(/[\s,]+/).filter(Boolean),
  };
  return version === null ? { id, ...body } : { ...body, version };
}

/** The usual port of a way to carry calls. */
export function usualPort(transport: Line["transport"]): number {
  return transport === "tls" ? 5061 : 5060;
}

/** Another transport; the port follows while it is the usual one. */
export function withTransport(draft: LineDraft, transport: Line["transport"]): Partial<LineDraft> {
  return draft.port === usualPort(draft.transport) ? { transport, port: usualPort(transport) } : { transport };
}
