/** Above the canvas: undo and redo, what the checker says, files, and publishing. */
import { Redo2, ShieldAlert, ShieldCheck, Undo2, Upload } from "lucide-react";
import { memo } from "react";
import { ApiError, api } from "@/api/client";
import { refresh } from "@/api/resource";
import { useSending } from "@/api/sending";
import type { JourneyLine } from "@/api/settings";
import { showKeys } from "@/app/commands";
import { Link } from "@/app/Link";
import { locale, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import { showToast } from "@/ui/toasts";
import styles from "./designer.module.css";
import { FileMenu } from "./FileMenu";
import type { DesignerStore } from "./model/designer";
import { useDesignerPart } from "./model/use";
import type { Check } from "./problems/useCheck";
import type { JourneyJson } from "./seams";
import { SaveChip } from "./versions/SaveChip";
import { useKeeper } from "./versions/useDraft";

const PROBLEMS = "problems";

function Verdict({ check, journey, onOpen }: { check: Check; journey: JourneyJson; onOpen: () => void }) {
  const t = useT();
  if (check.journey === null || check.journey !== journey) {
    return <StateChip state="wait">{t("journeys.checking")}</StateChip>;
  }
  if (check.refused === null && check.problems.length === 0) {
    return <StateChip state="ok">{t("journeys.check_ok")}</StateChip>;
  }
  const count = Math.max(1, check.problems.length);
  return (
    <button type="button" className={styles.verdict} onClick={onOpen}>
      <StateChip state="late">{t("designer.problems", { count })}</StateChip>
    </button>
  );
}

export interface DesignerActionsProps {
  store: DesignerStore;
  check: Check;
}

async function publishNow(journey: JourneyJson): Promise<number> {
  const line = await api.post<JourneyLine>(`/journeys/${journey.id}/publish?locale=${locale()}`, {
    document: journey,
  });
  return line.version;
}

/** Drawn again when what they would do is called otherwise, not at every change. */
const UndoButtons = memo(function UndoButtons({ store }: { store: DesignerStore }) {
  const t = useT();
  const undoes = useDesignerPart(store, (state) => state.past.at(-1)?.label ?? null);
  const redoes = useDesignerPart(store, (state) => state.future[0]?.label ?? null);
  return (
    <>
      <IconButton
        label={undoes ? t("designer.undo_what", { what: t(undoes) }) : t("designer.undo")}
        keys={showKeys("mod+z")}
        icon={<Undo2 size={16} aria-hidden="true" />}
        isDisabled={undoes === null}
        onPress={() => store.undo()}
      />
      <IconButton
        label={redoes ? t("designer.redo_what", { what: t(redoes) }) : t("designer.redo")}
        keys={showKeys("mod+y")}
        icon={<Redo2 size={16} aria-hidden="true" />}
        isDisabled={redoes === null}
        onPress={() => store.redo()}
      />
    </>
  );
});

export function DesignerActions({ store, check }: DesignerActionsProps) {
  const t = useT();
  const keeper = useKeeper();
  // What is published is the draft as it is saved; without one, the document as it stands on the page.
  const publish = (journey: JourneyJson) => (keeper ? keeper.publish() : publishNow(journey));
  const journey = useDesignerPart(store, (state) => state.journey);
  const { busy, send } = useSending();
  const wrong = check.journey === journey && (check.problems.length > 0 || check.refused !== null);
  const go = async () => {
    if (wrong) {
      store.open(PROBLEMS);
      showToast({ tone: "bad", text: t("designer.not_published"), fix: t("designer.not_published_fix") });
      return;
    }
    await send(async () => {
      try {
        const version = await publish(journey);
        store.rebase(version);
        refresh("/journeys");
        showToast({ tone: "good", text: t("designer.published", { version }) });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        if (failure.code === "journeys.not_publishable") store.open(PROBLEMS);
        showToast({ tone: "bad", text: failure.message, fix: failure.fix });
      }
    });
  };
  return (
    <>
      {store.editable && keeper ? <SaveChip keeper={keeper} /> : null}
      {store.editable ? <Verdict check={check} journey={journey} onOpen={() => store.open(PROBLEMS)} /> : null}
      <UndoButtons store={store} />
      <FileMenu store={store} />
      {store.editable ? (
        <Button
          tone="primary"
          icon={
            wrong ? (
              <ShieldAlert size={14} aria-hidden="true" />
            ) : busy ? (
              <ShieldCheck size={14} aria-hidden="true" />
            ) : (
              <Upload size={14} aria-hidden="true" />
            )
          }
          isPending={busy}
          onPress={() => void go()}
        >
          {t(busy ? "journeys.checking" : "designer.publish")}
        </Button>
      ) : null}
      <Link to={`/journeys/${store.id}`} className={styles.close}>
        {t("designer.close")}
      </Link>
    </>
  );
}
