/** Beside the live map: what this journey's steps did not understand, in the same days and for the same customers. */
import { useEffect, useRef } from "react";
import { useResource } from "@/api/resource";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { UnheardSteps } from "../../watch/unheard/UnheardSteps";
import { type Unheard, unheardAddress } from "../../watch/unheard/unheard";
import { isStep } from "../model/paths";
import type { Designer, StepPath } from "../seams";
import type { Choice } from "./map";
import styles from "./watch.module.css";

export interface NotUnderstoodProps {
  designer: Designer;
  choice: Choice;
  name: (path: StepPath) => string;
  /** Changes whenever somebody moved in the journey. */
  moved: unknown;
}

/** Words take more to read than figures: so long at least between two readings, in ms. */
const REST_MS = 10_000;

/** Read again after something has moved, but not after every step of everybody. */
function useFollowing(moved: unknown, reload: () => Promise<void>): void {
  const seen = useRef(moved);
  const timer = useRef(0);
  useEffect(() => {
    if (seen.current === moved || timer.current) return;
    seen.current = moved;
    timer.current = window.setTimeout(() => {
      timer.current = 0;
      void reload();
    }, REST_MS);
  }, [moved, reload]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
}

export function NotUnderstood({ designer, choice, name, moved }: NotUnderstoodProps) {
  const t = useT();
  const { data, error, reload } = useResource<Unheard>(unheardAddress({ ...choice, journey: designer.id }));
  useFollowing(moved, reload);
  return (
    <section className={styles.comparison} aria-label={t("watch.unheard.title")}>
      <h3>{t("watch.unheard.title")}</h3>
      <p className={styles.quiet}>{t("watch.unheard.lead")}</p>
      {error ? (
        <div role="alert">
          <p>
            {error.message} {error.fix}
          </p>
          <Button onPress={() => void reload()}>{t("ui.retry")}</Button>
        </div>
      ) : data ? (
        <UnheardSteps
          unheard={data}
          name={({ path }) => name(path)}
          way={({ path }, label) =>
            isStep(designer.journey, path) ? (
              <Button
                tone="quiet"
                aria-label={label}
                onPress={() => {
                  designer.choose([path]);
                  designer.open("inspector");
                }}
              >
                {t("watch.unheard.open")}
              </Button>
            ) : null
          }
        />
      ) : (
        <p aria-busy="true" className={styles.quiet}>
          {t("ui.loading")}
        </p>
      )}
    </section>
  );
}
