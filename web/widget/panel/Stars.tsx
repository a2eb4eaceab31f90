/** A request for a score: its quick replies drawn as stars. */

import { useState } from "preact/hooks";
import type { Question } from "../core/state";
import { usePanel } from "./context";
import { Icon } from "./icons";
import { useRoving } from "./roving";

export function Stars({ question }: { question: Question }) {
  const { session, t } = usePanel();
  const scored = [...question.choices].sort((a, b) => Number(a.value) - Number(b.value));
  const [aimed, setAimed] = useState(-1);
  const roving = useRoving(scored.length);
  return (
    <div class="score">
      <div class="stars" role="group" aria-label={t.score} onPointerLeave={() => setAimed(-1)}>
        {scored.map((choice, i) => {
          const keys = roving(i);
          return (
            <button
              key={choice.value}
              type="button"
              class={i <= aimed ? "star on" : "star"}
              aria-label={choice.label}
              title={choice.label}
              onPointerEnter={() => setAimed(i)}
              tabIndex={keys.tabIndex}
              onKeyDown={keys.onKeyDown}
              onFocus={() => {
                keys.onFocus();
                setAimed(i);
              }}
              onBlur={() => setAimed(-1)}
              onClick={() => session.say(choice.label, { value: choice.value })}
            >
              <Icon name="star" size={30} />
            </button>
          );
        })}
      </div>
      <p class="stars-word" aria-hidden="true">
        {scored[aimed]?.label ?? "\u00a0"}
      </p>
    </div>
  );
}
