/** Where a step leads: its branches, how much is in them, and those that may go their own way. */
import { ArrowRight } from "lucide-react";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import field from "@/ui/field.module.css";
import { Switch } from "@/ui/Switch";
import { blockDefs, blockNames, blockOf } from "../model/blocks";
import { setField } from "../model/operations";
import { blockName } from "../model/words";
import type { PaneProps, StepJson, StepPath } from "../seams";
import { useRoom } from "./context";
import styles from "./inspector.module.css";

export function Branches({ path, step, designer }: PaneProps & { path: StepPath; step: StepJson }) {
  const t = useT();
  const { texts, editable } = useRoom();
  const names = blockNames(step);
  if (names.length === 0) return null;
  const instead = new Set(blockDefs(step).flatMap((def) => (def.instead ? [def.name] : [])));
  return (
    <fieldset className={styles.group}>
      <legend>{t("designer.branches")}</legend>
      <ul className={styles.list}>
        {names.map((name) => {
          const steps = blockOf(step, name);
          const said = blockName(step, name, texts);
          return (
            <li key={name} className={styles.branch}>
              <span>{said}</span>
              {instead.has(name) && (steps === null || steps.length === 0) ? (
                <Switch
                  label={t("inspector.own_way", { name: said })}
                  on={steps !== null}
                  disabled={!editable}
                  onChange={(on) =>
                    designer.edit({
                      label: "designer.did.branch",
                      apply: (journey) => setField(journey, path, name, on ? [] : undefined),
                    })
                  }
                />
              ) : null}
              {steps && steps.length > 0 ? (
                <Button
                  tone="quiet"
                  icon={<ArrowRight size={14} aria-hidden="true" />}
                  aria-label={t("inspector.open_branch", {
                    name: said,
                    steps: t("journeys.steps", { count: steps.length }),
                  })}
                  onPress={() => designer.choose([`${path}/${name}/0`])}
                >
                  {t("journeys.steps", { count: steps.length })}
                </Button>
              ) : null}
              {steps && steps.length === 0 ? (
                <span className={field.hint}>{t("designer.empty_block")}</span>
              ) : null}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
