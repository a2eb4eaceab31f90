/** Place in line and expected wait, while the customer waits for a person. */

import { waitTime } from "../i18n/strings";
import { usePanel } from "./context";
import { Icon } from "./icons";

export function QueueBanner() {
  const { state, t } = usePanel();
  const status = state.contact?.status;
  const waiting = status === "queued" || status === "offered";
  const position = state.queue?.position ?? null;
  const wait = state.queue?.wait ?? null;
  return (
    <div role="status">
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
          </div>
        </div>
      )}
    </div>
  );
}
