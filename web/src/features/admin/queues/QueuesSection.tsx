/** The lines that customers wait in. */
import type { Queue } from "@/api/settings";
import { localText, t } from "@/i18n/t";
import { CrudSection } from "../crud/CrudSection";
import { NO_TEXTS } from "../crud/fields";
import type { Kind } from "../crud/kind";
import type { SectionProps } from "../sections";
import { QueueForm } from "./QueueForm";
import { PLAIN_RULES } from "./rules";

export type QueueDraft = Omit<Queue, "version">;

const QUEUES: Kind<Queue, QueueDraft> = {
  section: "queues",
  path: "/queues",
  writes: ["admin"],
  title: "admin.section.queues",
  add: "admin.queues.add",
  empty: "admin.queues.empty",
  emptyText: "admin.queues.empty_text",
  removeTitle: "admin.queues.remove",
  idOf: (queue) => queue.id,
  nameOf: (queue) => localText(queue.name, queue.id),
  detailOf: (queue) => t("board.target", { share: `${queue.target_share}%`, seconds: queue.target_s }),
  blank: () => ({
    id: "",
    name: NO_TEXTS,
    priority: 5,
    target_s: 60,
    target_share: 80,
    offer_s: 20,
    wrap_up_s: 60,
    max_waiting: 500,
    calendar_id: null,
    survey_journey_id: null,
    dispositions: [],
    rules: PLAIN_RULES,
  }),
  draftOf: ({ version: _version, ...draft }) => draft,
  bodyOf: ({ id, ...body }, version) => (version === null ? { id, ...body } : { ...body, version }),
  Form: QueueForm,
};

export default function QueuesSection({ id }: SectionProps) {
  return <CrudSection kind={QUEUES} id={id} />;
}
