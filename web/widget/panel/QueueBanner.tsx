/** Place in line and expected wait, while the customer waits for a person. */

import { useState } from "preact/hooks";
import { callDueAt, isByMessage, mayBeCalled } from "../core/state";
import { dateAndTime, waitTime } from "../i18n/strings";
import { CallDialog } from "./CallDialog";
import { usePanel } from "./context";
import { Icon } from "./icons";

export function QueueBanner() {
  const { state, t } = usePanel();
  const status = state.contact?.status;
  const waiting = status === "queued" || status === "offered";
  const position = state.queue?.position ?? null;
  const wait = state.queue?.wait ?? null;
  const due = callDueAt(state);
  const words = isByMessage(state)
    ? { at: t.reply, soon: t.replySoon, kept: t.replyKept, change: t.replyChange }
    : { at: t.callback, soon: t.callbackSoon, kept: t.callKept, change: t.callChange };
  const [asking, setAsking] = useState(false);
  return (
    <>
      {asking && <CallDialog done={() => setAsking(false)} />}
      <div role="status">
        {status === "callback" && (
          <div class="queue">
            <Icon name={isByMessage(state) ? "clock" : "phone"} size={20} />
            <div>
              <p class="queue-place">{due ? words.at(dateAndTime(state.locale, due)) : words.soon}</p>
              <p class="queue-stay">{words.kept}</p>
              {mayBeCalled(state) && (
                <button type="button" class="queue-call" onClick={() => setAsking(true)}>
                  {words.change}
                </button>
              )}
            </div>
          </div>
        )}
        {waiting && (
          <div class="queue">
            <Icon name="clock" size={20} />
            <div>
              <p class="queue-place">
                {position === null ? t.queueLine : position <= 1 ? t.queueNext : t.queuePosition(position)}
                {state.locale === "ja" ? "" : " "}
                {wait && <span>{t.queueEstimate(waitTime(state.locale, wait.lowS, wait.highS))}</span>}
              </p>
              <p class="queue-stay">{t.queueStay}</p>
              {mayBeCalled(state) && (
                <button type="button" class="queue-call" onClick={() => setAsking(true)}>
                  {t.callAsk}
                </button>
              )}
            </div>
          </div>
        )}
      </div>
    </>
  );
}
