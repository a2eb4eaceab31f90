/** What was not understood in a period, of one contact reason or of all, from the page of contact reasons. */
import { useResource } from "@/api/resource";
import { Link } from "@/app/Link";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { usePromptTexts } from "../../designer/model/use";
import { journeyName, sectionName } from "../../designer/model/words";
import { UnheardSteps } from "./UnheardSteps";
import { type Misheard, type Sought, stepAddress, type Unheard, unheardAddress } from "./unheard";
import styles from "./unheard.module.css";

export interface UnheardDialogProps {
  sought: Sought;
  /** The contact reason's name; null: of all contacts. */
  reason: string | null;
  onClose: () => void;
}

export default function UnheardDialog({ sought, reason, onClose }: UnheardDialogProps) {
  const t = useT();
  const texts = usePromptTexts();
  const { data, error, reload } = useResource<Unheard>(unheardAddress(sought));
  const name = ({ journey_id, path, prompt }: Misheard) => {
    const asked = prompt === null ? undefined : texts.get(prompt);
    return `${journeyName(journey_id)} · ${asked ?? sectionName(path.split("/")[0] ?? path)}`;
  };
  return (
    <Dialog
      title={reason === null ? t("watch.unheard.title") : t("watch.unheard.title_of", { reason })}
      open
      wide
      onClose={onClose}
      actions={<Button onPress={onClose}>{t("ui.close")}</Button>}
    >
      <p className={styles.lead}>{t("watch.unheard.lead")}</p>
      {error ? (
        <EmptyState
          title={t("watch.unheard.failed")}
          text={`${error.message} ${error.fix}`}
          action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
        />
      ) : data ? (
        <UnheardSteps
          unheard={data}
          name={name}
          way={(step, label) => (
            <Link to={stepAddress(step.journey_id, step.path)} aria-label={label}>
              {t("watch.unheard.open")}
            </Link>
          )}
        />
      ) : (
        <p aria-busy="true" className={styles.quiet}>
          {t("ui.loading")}
        </p>
      )}
    </Dialog>
  );
}
