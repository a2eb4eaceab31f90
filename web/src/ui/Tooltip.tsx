/** A short name for what has none in view; never the only place of a fact. */
import type { ReactElement } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import styles from "./tooltip.module.css";

export function Tooltip({ text, keys, children }: { text: string; keys?: string; children: ReactElement }) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <AriaTooltip offset={4} className={styles.tooltip}>
        {text}
        {keys ? <kbd className={styles.keys}>{keys}</kbd> : null}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
