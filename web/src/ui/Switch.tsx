/** On or off, at once; and the box to tick inside forms. */
import { Check } from "lucide-react";
import { Checkbox as AriaCheckbox } from "react-aria-components/Checkbox";
import { Switch as AriaSwitch } from "react-aria-components/Switch";
import { classes } from "./classes";
import styles from "./switch.module.css";

export interface SwitchProps {
  label: string;
  labelHidden?: boolean;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
}

export function Switch({ label, labelHidden, on, onChange, disabled }: SwitchProps) {
  return (
    <AriaSwitch className={styles.switch} isSelected={on} onChange={onChange} isDisabled={disabled}>
      <span className={styles.track} aria-hidden="true" />
      <span className={classes(labelHidden && "visually-hidden")}>{label}</span>
    </AriaSwitch>
  );
}

export function Checkbox({ label, labelHidden, on, onChange, disabled }: SwitchProps) {
  return (
    <AriaCheckbox className={styles.switch} isSelected={on} onChange={onChange} isDisabled={disabled}>
      <span className={styles.box} aria-hidden="true">
        <Check size={12} strokeWidth={3} />
      </span>
      <span className={classes(labelHidden && "visually-hidden")}>{label}</span>
    </AriaCheckbox>
  );
}
