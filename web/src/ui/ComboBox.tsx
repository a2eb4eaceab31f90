/** Choose one of many by typing part of its name. */
import { ChevronDown } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { ComboBox as AriaComboBox } from "react-aria-components/ComboBox";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { classes } from "./classes";
import field from "./field.module.css";
import styles from "./listbox.module.css";
import type { SelectProps } from "./Select";

export interface ComboBoxProps extends SelectProps {
  /** Said when nothing matches. */
  empty: string;
  autoFocus?: boolean;
}

export function ComboBox(props: ComboBoxProps) {
  const { label, labelHidden, items, value, onChange, placeholder, error, disabled, large, empty, autoFocus } =
    props;
  return (
    <AriaComboBox
      className={classes(field.field, large && field.large)}
      defaultItems={items}
      value={value}
      onChange={(key) => key !== null && onChange(String(key))}
      isInvalid={Boolean(error)}
      isDisabled={disabled}
      menuTrigger="focus"
      allowsEmptyCollection
      autoFocus={autoFocus}
      validationBehavior="aria"
    >
      <Label className={classes(field.label, labelHidden && "visually-hidden")}>{label}</Label>
      <div className={field.combo}>
        <Input className={field.input} placeholder={placeholder} />
        <Button className={field.comboButton}>
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      </div>
      <FieldError className={field.error}>{error}</FieldError>
      <Popover className={styles.popover}>
        <section className={styles.room} aria-label={label}>
          <ListBox<(typeof items)[number]>
            className={styles.list}
            renderEmptyState={() => <div className={styles.empty}>{empty}</div>}
          >
            {(item) => (
              <ListBoxItem id={item.id} textValue={item.label} className={styles.item}>
                {item.icon}
                <span className={styles.text}>
                  {item.label}
                  {item.detail ? <span className={styles.detail}>{item.detail}</span> : null}
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </section>
      </Popover>
    </AriaComboBox>
  );
}
