/** The journey designer: outline and canvas on one document, rooms beside them. */
import { useMemo } from "react";
import { useQueryString } from "@/app/router";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { DesignerRoom } from "./DesignerRoom";
import { DesignerStore } from "./model/designer";
import { DraftDesk } from "./versions/DraftDesk";
import { useDraft } from "./versions/useDraft";
import { useAskedStep } from "./watch/useAskedStep";

export default function DesignerPage({ params }: { params: { id: string } }) {
  const t = useT();
  const asked = new URLSearchParams(useQueryString()).get("draft");
  const { opened, error, retry } = useDraft(params.id, asked);
  // Once opened, the document in hand is the person's own: what is published meanwhile does not replace it.
  const store = useMemo(() => opened && new DesignerStore(opened), [opened]);
  useAskedStep(store);
  if (error) {
    return (
      <EmptyState
        wholeScreen
        title={error.message}
        text={error.fix}
        action={<Button onPress={retry}>{t("ui.retry")}</Button>}
      />
    );
  }
  if (!opened || !store) return <p aria-busy="true">{t("ui.loading")}</p>;
  return (
    <DraftDesk store={store} keeper={opened.keeper}>
      <DesignerRoom key={opened.turn} store={store} />
    </DraftDesk>
  );
}
