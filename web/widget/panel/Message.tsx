/** One message: whose it is, what it says, when, and how far it came. */

import type { MessageRow } from "../core/rows";
import { clockTime } from "../i18n/strings";
import { Attachments } from "./Attachments";
import { usePanel } from "./context";
import { Icon } from "./icons";

export function Message({ row }: { row: MessageRow }) {
  const { state, t } = usePanel();
  const name = row.author === "customer" ? t.you : row.author === "bot" ? t.bot : (row.name ?? t.agent);
  return (
    <div class={`message message-${row.author}${row.first ? " first" : ""}`}>
      {row.author !== "customer" && (
        <div class="face" aria-hidden="true">
          {row.first && <Icon name={row.author === "bot" ? "bot" : "person"} size={17} />}
        </div>
      )}
      <div class="message-body">
        <p class={row.first && row.author !== "customer" ? "message-name" : "hidden"}>
          {name}
          {row.author === "agent" && row.name && <span class="role">{t.agent}</span>}
        </p>
        {row.stars !== null ? (
          <p class="bubble bubble-stars">
            <span role="img" aria-label={`${row.stars} / 5`}>
              {[1, 2, 3, 4, 5].map((n) => (
                <span key={n} class={n <= (row.stars ?? 0) ? "on" : ""}>
                  <Icon name="star" size={18} />
                </span>
              ))}
            </span>
          </p>
        ) : (
          row.text && (
            <p class="bubble" lang={row.lang ?? undefined}>
              <Linked text={row.text} />
            </p>
          )
        )}
        {row.attachments.length > 0 && <Attachments files={row.attachments} />}
        {(row.last || row.delivery) && (
          <p class="meta">
            <Delivery row={row} />
            {row.last && <time dateTime={row.at}>{clockTime(state.locale, row.at)}</time>}
          </p>
        )}
      </div>
    </div>
  );
}

function Delivery({ row }: { row: MessageRow }) {
  const { session, t } = usePanel();
  switch (row.delivery) {
    case null:
      return null;
    case "sending":
      return <span>{t.sending}</span>;
    case "waiting":
      return <span>{t.waitingToSend}</span>;
    case "delivered":
      return <span>{t.delivered}</span>;
    case "seen":
      return <span class="seen">{t.seen}</span>;
    case "failed": {
      const { cid } = row;
      return (
        <span class="failed" role="alert">
          {row.refused === "contact.ended" ? t.failedEnded : t.failed}
          {cid && (
            <>
              <button type="button" onClick={() => session.retry(cid)}>
                {t.retry}
              </button>
              <button type="button" onClick={() => session.discard(cid)}>
                {t.discard}
              </button>
            </>
          )}
        </span>
      );
    }
  }
}

const LINK = /(https?:\/\/[^\s<>"'「」『』（）()]+)/g;

/** Text with its web addresses made into links; nothing else in a message is ever markup. */
function Linked({ text }: { text: string }) {
  const parts = text.split(LINK);
  if (parts.length === 1) return <>{text}</>;
  return (
    <>
      {parts.map((part, i) =>
        i % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places.
          <a key={`${i}-${part}`} href={part} target="_blank" rel="noopener noreferrer nofollow">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
