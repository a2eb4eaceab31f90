/** Arrow keys inside a group of buttons; Tab enters and leaves the group in one step each. */

import type { TargetedKeyboardEvent } from "preact";
import { useState } from "preact/hooks";

type Roving = (index: number) => {
  tabIndex: number;
  onFocus: () => void;
  onKeyDown: (event: TargetedKeyboardEvent<HTMLButtonElement>) => void;
};

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function useRoving(count: number): Roving {
  const [current, setCurrent] = useState(0);
  return (index) => ({
    tabIndex: index === Math.min(current, count - 1) ? 0 : -1,
    onFocus: () => setCurrent(index),
    onKeyDown: (event) => {
      const step = STEPS[event.key];
      const next =
        event.key === "Home" ? 0 : event.key === "End" ? count - 1 : step ? (index + step + count) % count : -1;
      if (next < 0) return;
      event.preventDefault();
      const buttons = event.currentTarget.parentElement?.querySelectorAll("button");
      buttons?.[next]?.focus();
    },
  });
}
