/** The middle pane: head, thread, and below it what the moment asks for: composer, wrap-up, or nothing. */

import { Eye } from "lucide-react";
import { Suspense, useEffect } from "react";
import { ApiError, api } from "@/api/client";
import { lazy } from "@/app/fetching";
import { navigate } from "@/app/router";
import { soon } from "@/app/soon";
import { useT } from "@/i18n/t";
import type { StoredEvent } from "@/live/events";
import type { Card } from "@/live/protocol";
import { useCard, useIsMine } from "@/live/selectors";
import { watchContact } from "@/live/socket";
import { dispatch, useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ConversationHead } from "./actions/ConversationHead";
import { useConversationActions } from "./actions/useConversationActions";
import { Composer } from "./composer/Composer";
import styles from "./desk.module.css";
import { acceptOffer } from "./offer/answer";
import { withTexts } from "./texts";
import { Thread } from "./thread/Thread";

const { Part: TransferDialog, useEarly: useTransferEarly } = soon(() => import("./actions/TransferDialog"));
const CallbackStrip = lazy(() => withTexts(import("./callbacks/CallbackStrip")));
const { Part: WrapUp, useEarly: useWrapUpEarly } = soon(() => import("./wrapup/WrapUp"));

/** A contact that is not one's own: fetched once, then followed live. */
function useForeignContact(id: string, mine: boolean): void {
  const ready = useLive((state) => state.me !== null);
  useEffect(() => {
    if (mine || !ready) return;
    let gone = false;
    api
      .get<{ card?: Card; events?: readonly StoredEvent[] }>(`/contacts/${id}`)
      .then((answer) => {
        if (gone) return;
        const now_ms = Date.now();
        if (answer.card) dispatch({ type: "frame", frame: { t: "card", card: answer.card }, now_ms });
        if (answer.events) {
          dispatch({ type: "frame", frame: { t: "history", contact: id, events: answer.events }, now_ms });
        }
      })
      .catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
      });
    const stop = watchContact(id);
    return () => {
      gone = true;
      stop();
    };
  }, [id, mine, ready]);
}

function Foot({ card, mine, ending }: { card: Card; mine: boolean; ending: boolean }) {
  const t = useT();
  if (mine && (card.wrap_up || ending))
    return (
      <Suspense fallback={null}>
        <WrapUp card={card} />
      </Suspense>
    );
  if (mine && card.offer && card.status === "offered") {
    return (
      <div className={styles.strip}>
        {t("desk.offered_to_you")}
        <Button tone="primary" onPress={() => acceptOffer(card)}>
          {t("desk.accept")}
        </Button>
      </div>
    );
  }
  if (mine && card.status === "connected") return <Composer key={card.id} card={card} />;
  return (
    <div className={styles.strip}>
      <Eye size={14} aria-hidden="true" /> {t("desk.reading_only")}
    </div>
  );
}

export function Conversation({ id, onContext }: { id: string; onContext: () => void }) {
  const t = useT();
  const card = useCard(id);
  const mine = useIsMine(id);
  const accepting = useLive((state) =>
    state.outbox.some(
      (each) => each.contact === id && each.frame.t === "cmd" && each.frame.c.kind === "accept_offer",
    ),
  );
  const actions = useConversationActions(card, mine);
  useForeignContact(id, mine);
  useTransferEarly();
  useWrapUpEarly();
  if (!card) {
    return (
      <EmptyState
        title={t("desk.no_such")}
        text={t("desk.no_such_text")}
        action={<Button onPress={() => navigate("/desk")}>{t("desk.to_list")}</Button>}
      />
    );
  }
  return (
    <>
      <ConversationHead card={card} actions={actions} onContext={onContext} />
      <Thread card={card} mine={mine} />
      {accepting ? (
        <div className={styles.strip} role="status">
          {t("desk.accepting")}
        </div>
      ) : (
        <div>
          {card.callback ? (
            <Suspense fallback={null}>
              <CallbackStrip card={card} callback={card.callback} mine={mine} />
            </Suspense>
          ) : null}
          <Foot card={card} mine={mine} ending={actions.ending} />
        </div>
      )}
      {actions.transferring ? (
        <Suspense fallback={null}>
          <TransferDialog card={card} onClose={actions.closeTransfer} />
        </Suspense>
      ) : null}
    </>
  );
}
