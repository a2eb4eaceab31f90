/** What is promised to this customer; its owner says how the attempt went, leaders move or cancel it. */
import { PhoneOutgoing } from "lucide-react";
import { useState } from "react";
import { type Queue, useItems } from "@/api/settings";
import { CallNow, CallPart } from "@/app/calls";
import { hasRole } from "@/app/session";
import { useT } from "@/i18n/t";
import type { Card, CardCallback } from "@/live/protocol";
import { Button } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import CancelDialog from "./CancelDialog";
import { attemptsOf, type OUTCOMES, outcomesOf, stageOf } from "./callbacks";
import styles from "./callbacks.module.css";
import { Due, Way, Window } from "./Facts";
import MoveDialog from "./MoveDialog";
import { useOrder } from "./useOrder";

export interface CallbackStripProps {
  card: Card;
  callback: CardCallback;
  mine: boolean;
}

export default function CallbackStrip({ card, callback, mine }: CallbackStripProps) {
  const t = useT();
  const order = useOrder();
  const [asked, setAsked] = useState<"move" | "cancel" | null>(null);
  const queues = useItems<Queue>("/queues", 60_000);
  const limit = attemptsOf(card.queue_id, queues.data?.items);
  const trying = mine && card.status === "connected";
  const count = callback.attempts + 1;
  const leads = hasRole("supervisor", "admin");
  const report = (outcome: (typeof OUTCOMES)[number]) => {
    const over = outcome === "wrong_number" || count >= limit;
    const said = over ? t("callbacks.noted.over") : t("callbacks.noted.again");
    void order.send(
      card.id,
      { kind: "callback_outcome", outcome },
      outcome === "reached" ? t("callbacks.outcome.reached") : said,
      () => undefined,
    );
  };
  return (
    <section className={styles.strip} aria-label={t("callbacks.promised")}>
      <p className={styles.facts}>
        <PhoneOutgoing size={14} aria-hidden="true" />
        <strong>{callback.phone ? <Way phone={callback.phone} /> : t("callbacks.answer_here")}</strong>
        <span>
          <Window callback={callback} />
        </span>
        <Due callback={callback} />
        {trying ? (
          <StateChip state={count >= limit ? "late" : "live"}>
            {t("callbacks.attempt_now", { count, limit })}
          </StateChip>
        ) : (
          <>
            <StateChip state="wait">{t(`callbacks.state.${stageOf(card)}`)}</StateChip>
            <span>{t("callbacks.attempts_of", { count: callback.attempts, limit })}</span>
          </>
        )}
      </p>
      {trying ? (
        <fieldset className={styles.outcomes}>
          <legend>{t("callbacks.outcome")}</legend>
          {callback.phone ? (
            <CallPart>
              <CallNow wish={{ to: callback.phone, contact: card.id }} name={callback.phone} />
            </CallPart>
          ) : null}
          {outcomesOf(callback).map((outcome) => (
            <Button
              key={outcome}
              tone={outcome === "reached" ? "primary" : undefined}
              isDisabled={order.busy}
              onPress={() => report(outcome)}
            >
              {t(`callbacks.outcome.${outcome}`)}
            </Button>
          ))}
          {count >= limit ? <span className={styles.quiet}>{t("callbacks.last_attempt")}</span> : null}
        </fieldset>
      ) : leads && card.status !== "connected" ? (
        <span className={styles.actions}>
          <Button isDisabled={card.status !== "callback"} onPress={() => setAsked("move")}>
            {t("callbacks.move")}
          </Button>
          <Button onPress={() => setAsked("cancel")}>{t("callbacks.cancel")}</Button>
        </span>
      ) : null}
      {order.error ? <p role="alert">{order.error}</p> : null}
      {asked === "move" ? <MoveDialog card={card} onClose={() => setAsked(null)} /> : null}
      {asked === "cancel" ? <CancelDialog card={card} onClose={() => setAsked(null)} /> : null}
    </section>
  );
}
