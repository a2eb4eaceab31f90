/** What journeys are called wherever they are named: by their titles, in the reader's language. */
import { useMemo } from "react";
import { type JourneyLine, type Prompt, useItems } from "@/api/settings";
import { lookup, useLocale } from "@/i18n/t";
import { textIn } from "./prompts";

/** The title of a journey; else the platform's own word for it, else its id. Pure. */
export function journeyTitle(
  { id, title }: Pick<JourneyLine, "id" | "title">,
  texts: ReadonlyMap<string, string>,
): string {
  return texts.get(title) ?? lookup(`thread.journey.${id}`) ?? id;
}

/** The names of journeys by their ids; until they are known, and for journeys that are gone, as well as ids tell. */
export function useJourneyNames(): (id: string) => string {
  const locale = useLocale();
  const lines = useItems<JourneyLine>("/journeys").data?.items;
  const prompts = useItems<Prompt>("/prompts", 60_000).data?.items;
  return useMemo(() => {
    const texts = textIn(prompts ?? [], locale);
    const titles = new Map(lines?.map((line) => [line.id, line.title]));
    return (id) => journeyTitle({ id, title: titles.get(id) ?? "" }, texts);
  }, [lines, prompts, locale]);
}
