/** The `/` list: find a macro by shortcut or title. */
import { Slash } from "lucide-react";
import { Suspense } from "react";
import { Button } from "react-aria-components/Button";
import { soon } from "@/app/soon";
import { useT } from "@/i18n/t";
import styles from "./composer.module.css";
import type { Macro } from "./macros";

const { Part: MacroList, useEarly } = soon(() => import("./MacroList"));

export interface MacroPickerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  macros: readonly Macro[];
  onPick: (macro: Macro) => void;
}

export function MacroPicker({ open, onOpenChange, macros, onPick }: MacroPickerProps) {
  const t = useT();
  useEarly();
  return (
    <>
      <Button className={styles.tool} onPress={() => onOpenChange(true)}>
        <Slash size={14} aria-hidden="true" />
        {t("composer.macro")}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <MacroList macros={macros} onPick={onPick} onClose={() => onOpenChange(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
