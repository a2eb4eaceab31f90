/** What the list of promised calls says about each. */
import type { Queue } from "@/api/settings";
import { navigate } from "@/app/router";
import { nameOfCustomer, nameOfIntent } from "@/i18n/names";
import { localText, type T } from "@/i18n/t";
import type { Card } from "@/live/protocol";
import { queueName } from "@/live/selectors";
import { Button } from "@/ui/Button";
import { type State, StateChip } from "@/ui/StateChip";
import type { TableColumn } from "@/ui/Table";
import { attemptsOf, type PromisedCall, type Stage, stageOf, toldAt } from "./callbacks";
import styles from "./callbacks.module.css";
import { Due, Way, Window } from "./Facts";

const STATES: Readonly<Record<Stage, State>> = { line: "wait", later: "off", asking: "live", hands: "live" };

export function columnsOf(
  t: T,
  queues: readonly Queue[] | undefined,
  ask: (card: Card, what: "move" | "cancel") => void,
): readonly TableColumn<PromisedCall>[] {
  return [
    {
      id: "customer",
      label: t("lines.customer"),
      isRowHeader: true,
      cell: ({ card }) => (
        <span className={styles.who}>
          <strong>{nameOfCustomer(card.customer)}</strong>
          <span className={styles.quiet}>{nameOfIntent(card.intent)}</span>
        </span>
      ),
    },
    {
      id: "due",
      label: t("callbacks.due"),
      sort: ({ card }) => (card.callback ? toldAt(card.callback) : ""),
      cell: ({ card }) => (card.callback ? <Due callback={card.callback} /> : "–"),
    },
    {
      id: "window",
      label: t("callbacks.window"),
      cell: ({ card }) => (card.callback ? <Window callback={card.callback} /> : "–"),
    },
    {
      id: "state",
      label: t("callbacks.state"),
      cell: ({ card }) => (
        <StateChip state={STATES[stageOf(card)]}>{t(`callbacks.state.${stageOf(card)}`)}</StateChip>
      ),
    },
    {
      id: "attempts",
      label: t("callbacks.attempts"),
      sort: ({ card }) => card.callback?.attempts ?? 0,
      cell: ({ card }) =>
        t("callbacks.attempts_of", {
          count: card.callback?.attempts ?? 0,
          limit: attemptsOf(card.queue_id, queues),
        }),
    },
    {
      id: "queue",
      label: t("lines.queue"),
      cell: ({ card }) => localText(queueName(card.queue_id), card.queue_id ?? "–"),
    },
    { id: "way", label: t("callbacks.way"), cell: ({ card }) => <Way phone={card.callback?.phone ?? null} /> },
    {
      id: "actions",
      label: t("lines.actions"),
      align: "end",
      cell: ({ card }) => (
        <span className={styles.actions}>
          <Button tone="quiet" onPress={() => navigate(`/desk/${card.id}`)}>
            {t("callbacks.open")}
          </Button>
          <Button isDisabled={card.status !== "callback"} onPress={() => ask(card, "move")}>
            {t("callbacks.move")}
          </Button>
          <Button isDisabled={card.status === "connected"} onPress={() => ask(card, "cancel")}>
            {t("callbacks.cancel")}
          </Button>
        </span>
      ),
    },
  ];
}
