/** Choose one of a few. */
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select as AriaSelect, SelectValue } from "react-aria-components/Select";
import { classes } from "./classes";
import field from "./field.module.css";
import styles from "./listbox.module.css";

export interface Choice {
  id: string;
  label: string;
  detail?: string;
  icon?: ReactNode;
}

export interface SelectProps {
  label: string;
  labelHidden?: boolean;
  items: readonly Choice[];
  value: string | null;
  onChange: (id: string) => void;
  placeholder?: string;
  error?: string | null;
  disabled?: boolean;
  large?: boolean;
}

export function Select(props: SelectProps) {
  const { label, labelHidden, items, value, onChange, placeholder, error, disabled, large } = props;
  return (
    <AriaSelect
      className={classes(field.field, large && field.large)}
      value={value}
      onChange={(key) => key !== null && onChange(String(key))}
      placeholder={placeholder ?? "–"}
      isInvalid={Boolean(error)}
      isDisabled={disabled}
      validationBehavior="aria"
    >
      <Label className={classes(field.label, labelHidden && "visually-hidden")}>{label}</Label>
      <Button className={classes(field.input, field.trigger)}>
        <SelectValue className={field.value}>
          {({ selectedText, isPlaceholder, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      <FieldError className={field.error}>{error}</FieldError>
      <Popover className={styles.popover}>
        <ListBox className={styles.list} items={items}>
          {(item) => (
            <ListBoxItem id={item.id} textValue={item.label} className={styles.item}>
              {({ isSelected }) => (
                <>
                  {item.icon}
                  <span className={styles.text}>
                    {item.label}
                    {item.detail ? <span className={styles.detail}>{item.detail}</span> : null}
                  </span>
                  {isSelected ? <Check size={14} aria-hidden="true" /> : null}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
