/** Buttons: words first, an icon where it helps, a tooltip where there is only an icon. */
import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import styles from "./button.module.css";
import { classes } from "./classes";
import { Tooltip } from "./Tooltip";

export type ButtonTone = "plain" | "primary" | "quiet" | "danger" | "note";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "children" | "style"> {
  tone?: ButtonTone;
  icon?: ReactNode;
  /** The key that does the same, shown inside the button. */
  keys?: string;
  large?: boolean;
  wide?: boolean;
  children?: ReactNode;
}

/** A busy button keeps its place and the keyboard, and is not pressed twice. Nothing is announced about it: by then
 * the button may be gone, and so would be the name in the announcement. */
function held({ isPending, onPress, type, ...rest }: AriaButtonProps): AriaButtonProps {
  if (!isPending) return { ...rest, onPress, type };
  return { ...rest, type: type === "submit" ? "button" : type, "aria-disabled": true };
}

export function Button({ tone = "plain", icon, keys, large, wide, children, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...held(rest)}
      className={classes(
        styles.button,
        tone !== "plain" && styles[tone],
        large && styles.large,
        wide && styles.wide,
      )}
    >
      {icon}
      {children}
      {keys ? (
        <span className={styles.keys} aria-hidden="true">
          {keys}
        </span>
      ) : null}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon"> {
  label: string;
  icon: ReactNode;
}

/** An icon with a name: read by screen readers, shown as a tooltip. */
export function IconButton({ label, icon, tone = "quiet", keys, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <AriaButton
        {...held(rest)}
        aria-label={label}
        className={classes(styles.button, styles.iconOnly, tone !== "plain" && styles[tone])}
      >
        {icon}
      </AriaButton>
    </Tooltip>
  );
}
