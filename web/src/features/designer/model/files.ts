/** Journeys as files: JSON is made here, Python by the server, which reads it without running it. */
import { api } from "@/api/client";
import type { JourneyJson } from "../seams";
import { readJourney, writeJourney } from "./clipboard";

export const FORMS = { json: "application/json", py: "text/x-python" } as const;
export type FileForm = keyof typeof FORMS;

/** What a file of this form holds. Throws ApiError: a half-drawn journey is no Python yet. */
export async function fileText(journey: JourneyJson, form: FileForm): Promise<string> {
  if (form === "json") return writeJourney(journey);
  const { source } = await api.post<{ source: string }>(`/journeys/${journey.id}/python`, { document: journey });
  return source;
}

/** The journey in a file; null when it holds none. Throws ApiError that says what is wrong with a Python text. */
export async function fileJourney(file: File, id: string): Promise<JourneyJson | null> {
  const text = await file.text();
  if (!file.name.endsWith(".py")) return readJourney(text);
  const { document } = await api.post<{ document: unknown }>(`/journeys/${id}/python/read`, { source: text });
  return readJourney(JSON.stringify(document));
}
