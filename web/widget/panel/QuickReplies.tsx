/** Answers the bot offers: one tap or one key instead of typing. */

import type { Question } from "../core/state";
import { usePanel } from "./context";
import { useRoving } from "./roving";

export function QuickReplies({ question }: { question: Question }) {
  const { session, t } = usePanel();
  const roving = useRoving(question.choices.length);
  return (
    <div class="choices" role="group" aria-label={t.quickReplies}>
      {question.choices.map((choice, i) => (
        <button
          key={choice.value}
          type="button"
          class="choice"
          {...roving(i)}
          onClick={() => session.say(choice.label, { value: choice.value })}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
