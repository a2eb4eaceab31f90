/** The conversation so far, read out as it grows, and kept at its end unless the customer scrolled away. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { rows } from "../core/rows";
import { isStars, openQuestion } from "../core/state";
import { dayName } from "../i18n/strings";
import { Card } from "./Card";
import { usePanel } from "./context";
import { EventLine } from "./EventLine";
import { Message } from "./Message";
import { QuickReplies } from "./QuickReplies";
import { Stars } from "./Stars";

const NEAR_END_PX = 48;

export function Thread({ shown }: { shown: boolean }) {
  const { session, state, t } = usePanel();
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const drawn = useMemo(() => rows(state), [state]);
  const question = openQuestion(state);

  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (atEnd) toEnd();
  }, [drawn.length, question?.seq, state.typing, state.connection, atEnd]);
  useEffect(() => {
    if (box.current === null) return;
    const resized = new ResizeObserver(() => atEnd && toEnd());
    resized.observe(box.current);
    return () => resized.disconnect();
  }, [atEnd]);
  // At once, not after the next frame: what comes after the customer looked away is unread.
  useLayoutEffect(() => session.watch(shown && atEnd), [session, shown, atEnd]);

  return (
    <div class="thread-frame">
      <div
        class="thread"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        role="region"
        aria-label={t.thread}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_END_PX);
        }}
      >
        <div role="log" aria-label={t.thread} class="log">
          {drawn.map((row) => {
            if (row.row === "message") return <Message key={row.key} row={row} />;
            if (row.row === "event") return <EventLine key={row.key} row={row} />;
            return (
              <p key={row.key} class="day">
                <span>{row.row === "day" ? dayName(state.locale, row.at, new Date()) : t.continued}</span>
              </p>
            );
          })}
        </div>
        {question && isStars(question) && <Stars key={question.seq} question={question} />}
        {question?.fields && <Card key={question.seq} question={question} fields={question.fields} />}
        {question && !question.fields && !isStars(question) && question.choices.length > 0 && (
          <QuickReplies key={question.seq} question={question} />
        )}
        <Typing />
      </div>
      {!atEnd && (
        <button type="button" class="to-end" onClick={() => setAtEnd(true)}>
          {t.newMessages}
        </button>
      )}
    </div>
  );
}

function Typing() {
  const { state, t } = usePanel();
  const name = state.typing === "agent" ? (state.contact?.agent?.name ?? t.agent) : t.bot;
  return (
    <div role="status">
      {state.typing && (
        <p class={`typing typing-${state.typing}`}>
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {t.typing(name)}
        </p>
      )}
    </div>
  );
}
