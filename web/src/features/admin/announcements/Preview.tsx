/** Who would hear it: asked before it is saved. */
import { Ear } from "lucide-react";
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import type { Trilingual } from "@/api/settings";
import { LOCALES } from "@/i18n/locale";
import { localText, lookup, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import { errorsOf } from "../crud/errors";
import { Group } from "../crud/fields";
import { type AnnouncementDraft, bodyOfAnnouncement } from "./announcement";
import styles from "./announcements.module.css";

interface Answer {
  texts: Trilingual;
  valid_now: boolean;
  journeys: readonly string[];
  queues: readonly { id: string; name: Trilingual; waiting: number }[];
  widgets: readonly { key: string; name: Trilingual }[];
  waiting_now: number;
  self_service_now: number;
}

export function Preview({ draft }: { draft: AnnouncementDraft }) {
  const t = useT();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = async () => {
    try {
      setAnswer(await api.post<Answer>("/announcements/preview", bodyOfAnnouncement(draft, null)));
      setProblem(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setAnswer(null);
      setProblem([...errorsOf(error).values()][0] ?? error.message);
    }
  };
  // Whatever its slot, those who wait in a line it is meant for hear it there.
  const nobody = answer?.journeys.length === 0 && answer.queues.length === 0;
  return (
    <Group title={t("admin.preview.title")} hint={t("admin.preview.hint")}>
      <span>
        <Button icon={<Ear size={14} aria-hidden="true" />} onPress={() => void ask()}>
          {t("admin.preview.ask")}
        </Button>
      </span>
      {problem ? <p role="alert">{problem}</p> : null}
      {answer ? (
        <div className={styles.preview} role="status">
          <StateChip state={nobody ? "wait" : answer.valid_now ? "live" : "off"}>
            {nobody
              ? t("admin.preview.nobody")
              : t(answer.valid_now ? "admin.preview.now" : "admin.preview.later")}
          </StateChip>
          {!nobody ? (
            <dl className={styles.facts}>
              <dt>{t("admin.preview.journeys")}</dt>
              <dd>{answer.journeys.map((id) => lookup(`thread.journey.${id}`) ?? id).join(", ") || "–"}</dd>
              <dt>{t("admin.preview.queues")}</dt>
              <dd>{answer.queues.map(({ id, name }) => localText(name, id)).join(", ") || "–"}</dd>
              <dt>{t("admin.preview.widgets")}</dt>
              <dd>{answer.widgets.map(({ key, name }) => localText(name, key)).join(", ") || "–"}</dd>
              <dt>{t("admin.preview.people")}</dt>
              <dd>{t("admin.preview.people_count", { count: answer.self_service_now })}</dd>
              <dt>{t("admin.preview.waiting")}</dt>
              <dd>{t("admin.preview.people_count", { count: answer.waiting_now })}</dd>
            </dl>
          ) : (
            <p>{t("admin.preview.nobody_text")}</p>
          )}
          <ul className={styles.bubbles}>
            {LOCALES.map((each) => (
              <li key={each} lang={each} className={styles.bubble}>
                {answer.texts[each]}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Group>
  );
}
