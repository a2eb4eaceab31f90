/** Who would get this contact, and why not the others: for a contact one imagines, or one that waits. */
import { useEffect, useState } from "react";
import { ApiError, api } from "@/api/client";
import { type Queue, type Skill, useItems } from "@/api/settings";
import { LOCALES } from "@/i18n/locale";
import { nameOfChannel } from "@/i18n/names";
import { locale, localText, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { Columns, Group, NumberField } from "../crud/fields";
import type { SectionProps } from "../sections";
import { Answer } from "./Answer";
import { blankQuestion, type Candidate, type Question, withSkill } from "./question";
import styles from "./routing.module.css";

const CHANNELS = ["webchat", "voice", "email", "sms", "messenger"];
const LEVELS = ["-", "1", "2", "3", "4", "5"];

export default function RoutingSection({ id }: SectionProps) {
  const t = useT();
  const queues = useItems<Queue>("/queues").data?.items ?? [];
  const skills = (useItems<Skill>("/skills").data?.items ?? []).filter(
    (one) => !(LOCALES as readonly string[]).includes(one.id),
  );
  const [question, setQuestion] = useState<Question>(blankQuestion("", locale()));
  const [found, setFound] = useState<readonly Candidate[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const queue_id = question.queue_id || (queues[0]?.id ?? "");
  const set = (part: Partial<Question>) => setQuestion((before) => ({ ...before, ...part }));
  const show = async (asked: Promise<{ items: readonly Candidate[] }>) => {
    try {
      setFound((await asked).items);
      setProblem(null);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setFound(null);
      setProblem(`${failure.message} ${failure.fix}`);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each contact one comes with.
  useEffect(() => {
    if (id) void show(api.get(`/routing/preview/${id}`));
  }, [id]);
  return (
    <div className={styles.page}>
      <h2>{t("admin.section.routing")}</h2>
      <p className={styles.hint}>{t(id ? "admin.routing.of_waiting" : "admin.routing.hint")}</p>
      {id ? (
        <span>
          <Button onPress={() => void show(api.get(`/routing/preview/${id}`))}>{t("admin.routing.again")}</Button>
        </span>
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            void show(api.post("/routing/preview", { ...question, queue_id }));
          }}
        >
          <Group title={t("admin.routing.contact")}>
            <Columns>
              <Select
                label={t("board.column.queue")}
                items={queues.map((queue) => ({ id: queue.id, label: localText(queue.name, queue.id) }))}
                value={queue_id || null}
                onChange={(chosen) => set({ queue_id: chosen })}
              />
              <Select
                label={t("admin.routing.channel")}
                items={CHANNELS.map((channel) => ({ id: channel, label: nameOfChannel(channel) }))}
                value={question.channel}
                onChange={(channel) => set({ channel })}
              />
              <Select
                label={t("board.column.language")}
                items={LOCALES.map((each) => ({ id: each, label: t(`shell.locale.${each}`) }))}
                value={question.locale}
                onChange={(chosen) => set({ locale: chosen })}
              />
              <NumberField
                label={t("admin.field.priority")}
                value={question.priority}
                onChange={(priority) => set({ priority: priority ?? 5 })}
                min={1}
                max={9}
              />
              <NumberField
                label={t("admin.routing.waited")}
                value={question.waited_s}
                onChange={(waited_s) => set({ waited_s: waited_s ?? 0 })}
                min={0}
                max={86_400}
              />
            </Columns>
            <Columns>
              {skills.map((skill) => (
                <Select
                  key={skill.id}
                  label={localText(skill.name, skill.id)}
                  items={LEVELS.map((each) => ({
                    id: each,
                    label: each === "-" ? t("admin.routing.any") : t("admin.routing.level", { level: each }),
                  }))}
                  value={String(question.skills[skill.id] ?? "-")}
                  onChange={(level) =>
                    setQuestion((before) => withSkill(before, skill.id, level === "-" ? null : Number(level)))
                  }
                />
              ))}
            </Columns>
            <span>
              <Button tone="primary" type="submit" isDisabled={!queue_id}>
                {t("admin.routing.ask")}
              </Button>
            </span>
          </Group>
        </form>
      )}
      {problem ? <p role="alert">{problem}</p> : null}
      {found ? <Answer found={found} /> : null}
    </div>
  );
}
