/** A menu of actions or choices behind a button. Its weight comes with the first wish to open it. */
import { type ComponentType, cloneElement, type ReactElement, type ReactNode, useRef, useState } from "react";
import type { MenuPopupProps } from "./MenuPopup";

export interface MenuEntry {
  id: string;
  label: string;
  detail?: string;
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Set on entries that are choices: shows which one holds. */
  selected?: boolean;
}

export interface MenuGroup {
  id: string;
  label: string;
  entries: readonly MenuEntry[];
}

export interface MenuProps {
  label: string;
  trigger: ReactElement<{ autoFocus?: boolean; onPress?: () => void }>;
  groups: readonly MenuGroup[];
  onAction: (id: string) => void;
}

let Popup: ComponentType<MenuPopupProps> | null = null;

export function Menu(props: MenuProps) {
  const holder = useRef<HTMLSpanElement>(null);
  const pressed = useRef(false);
  const [focused, setFocused] = useState<boolean | null>(Popup ? false : null);

  const load = async () => {
    Popup ??= (await import("./MenuPopup")).default;
    setFocused((before) => before ?? holder.current?.contains(document.activeElement) ?? false);
  };
  if (Popup && focused !== null) return <Popup {...props} focused={focused} pressed={pressed.current} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches for the first sign of interest in the button inside.
    <span ref={holder} onPointerEnter={() => void load()} onFocus={() => void load()}>
      {cloneElement(props.trigger, {
        onPress: () => {
          pressed.current = true;
          void load();
        },
      })}
    </span>
  );
}
