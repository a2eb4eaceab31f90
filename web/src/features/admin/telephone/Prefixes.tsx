/** Beginnings of numbers as chips with the names of their countries. */
import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import crud from "../crud/crud.module.css";
import { useWhere } from "./names";
import { withPrefix } from "./prefixes";
import styles from "./telephone.module.css";

export interface PrefixesProps {
  label: string;
  hint: string;
  /** The button that adds one. */
  add: string;
  /** Said while the list is empty. */
  none: string;
  prefixes: readonly string[];
  onChange: (prefixes: readonly string[]) => void;
  error: string | null;
  locked: boolean;
}

export function Prefixes({ label, hint, add, none, prefixes, onChange, error, locked }: PrefixesProps) {
  const t = useT();
  const where = useWhere();
  const heading = useId();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<"none" | "there" | null>(null);
  const put = () => {
    const next = withPrefix(prefixes, typed);
    setProblem(next.problem);
    if (next.problem !== null) return;
    setTyped("");
    onChange(next.prefixes);
  };
  return (
    <div className={styles.part} role="group" aria-labelledby={heading}>
      <span className={crud.label} id={heading}>
        {label}
      </span>
      {prefixes.length > 0 ? (
        <ul className={styles.chips}>
          {prefixes.map((prefix) => (
            <li key={prefix} className={styles.chip} data-locked={locked || undefined}>
              <b>{prefix}</b>
              <span>{where(prefix)}</span>
              {locked ? null : (
                <IconButton
                  label={t("telephone.out.remove_prefix", { prefix })}
                  icon={<X size={12} aria-hidden="true" />}
                  onPress={() => onChange(prefixes.filter((one) => one !== prefix))}
                />
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p className={styles.hint}>{none}</p>
      )}
      {locked ? null : (
        <div className={styles.row}>
          <TextField
            label={t("telephone.out.prefix")}
            value={typed}
            onChange={(text) => {
              setTyped(text);
              setProblem(null);
            }}
            error={problem === null ? error : t(`telephone.out.prefix_${problem}`)}
            placeholder="+82"
            autoComplete="off"
          />
          <Button
            icon={<Plus size={14} aria-hidden="true" />}
            isDisabled={typed.trim() === ""}
            aria-label={`${add}: ${typed || t("telephone.out.prefix")}`}
            onPress={put}
          >
            {add}
          </Button>
        </div>
      )}
      <p className={styles.hint}>{hint}</p>
    </div>
  );
}
