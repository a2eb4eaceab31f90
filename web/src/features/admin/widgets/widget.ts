/** A chat widget as it is edited: colours that can be read, origins as lines, the snippet for a page. Pure. */
import type { Trilingual } from "@/api/settings";

export interface Widget {
  key: string;
  version: number;
  name: Trilingual;
  greeting: Trilingual;
  /** `#rrggbb` */
  colour: string;
  origins: readonly string[];
  journey_id: string;
  upload_max_bytes: number;
  enabled: boolean;
}

export interface WidgetDraft extends Omit<Widget, "version" | "origins" | "upload_max_bytes"> {
  /** One origin a line. */
  origins: string;
  upload_max_mb: number;
}

const MB = 1024 * 1024;

export function draftOfWidget({ version: _version, origins, upload_max_bytes, ...rest }: Widget): WidgetDraft {
  return { ...rest, origins: origins.join("\n"), upload_max_mb: Math.round((10 * upload_max_bytes) / MB) / 10 };
}

export function originsOf(lines: string): readonly string[] {
  return lines
    .split(/\s+/)
    .map((line) => line.trim().replace(/\/+$/, ""))
    .filter(Boolean);
}

export function bodyOfWidget(draft: WidgetDraft, version: number | null): object {
  const { key, origins, upload_max_mb, colour, ...rest } = draft;
  const body = {
    ...rest,
    colour: colour.toLowerCase(),
    origins: originsOf(origins),
    upload_max_bytes: Math.round(upload_max_mb * MB),
  };
  return version === null ? { key, ...body } : { ...body, version };
}

function light(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** Contrast of a colour with white, 1 to 21; null when it is no colour. Source: WCAG 2.2, relative luminance. */
export function contrastWithWhite(colour: string): number | null {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!found) return null;
  const [red, green, blue] = found.slice(1).map((part) => light(Number.parseInt(part, 16)));
  return 1.05 / (0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0) + 0.05);
}

/** The beginning of a text that fits `most` narrow letters; Korean, Japanese and Chinese ones count twice. */
export function beginningOf(text: string, most: number): string {
  let width = 0;
  let cut = "";
  for (const letter of text) {
    width += (letter.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
    if (width > most) return `${cut}…`;
    cut += letter;
  }
  return cut;
}

/** The one line that a page needs. */
export function snippetFor(origin: string, key: string): string {
  return `<script async src="${origin}/widget/loader.js" data-key="${key}"></script>`;
}
