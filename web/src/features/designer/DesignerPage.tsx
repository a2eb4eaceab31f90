/** The journey designer: outline and canvas on one document, rooms beside them. */
import { useMemo } from "react";
import { useResource } from "@/api/resource";
import type { JourneyLine } from "@/api/settings";
import { hasRole } from "@/app/session";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { DesignerRoom } from "./DesignerRoom";
import { DesignerStore } from "./model/designer";
import { newJourney } from "./model/kinds";
import type { JourneyJson } from "./seams";

interface Published extends JourneyLine {
  document: JourneyJson;
}

export default function DesignerPage({ params }: { params: { id: string } }) {
  const t = useT();
  const { data, error, loading, reload } = useResource<Published>(`/journeys/${params.id}`, 0);
  const fresh = error?.status === 404;
  const editable = hasRole("designer", "admin");
  // Once opened, the document in hand is the person's own: what is published meanwhile does not replace it.
  const ready = data !== undefined || fresh;
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  const store = useMemo(() => {
    if (!ready) return null;
    return new DesignerStore({
      id: params.id,
      journey: data?.document ?? newJourney(params.id),
      base_version: data?.version ?? 0,
      editable,
      pane: "problems",
    });
  }, [params.id, ready]);
  if (error && !fresh) {
    return (
      <EmptyState
        wholeScreen
        title={error.message}
        text={error.fix}
        action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
      />
    );
  }
  if (!store || (loading && !data && !fresh)) return <p aria-busy="true">{t("ui.loading")}</p>;
  return <DesignerRoom key={params.id} store={store} />;
}
