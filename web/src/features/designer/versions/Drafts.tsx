/** The drafts of the journey in hand: whose they are, opened, renamed, thrown away. */
import { useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/resource";
import { useSending } from "@/api/sending";
import { useItems } from "@/api/settings";
import { navigate } from "@/app/router";
import { hasRole, useSession } from "@/app/session";
import { formatAgo } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { StateChip } from "@/ui/StateChip";
import type { Designer } from "../seams";
import { Instead } from "./Instead";
import type { DraftKeeper, DraftLine, Kept } from "./keeper";
import { RenameDialog } from "./RenameDialog";
import styles from "./versions.module.css";

export interface DraftsProps {
  designer: Designer;
  keeper: DraftKeeper;
  kept: Kept;
}

export function Drafts({ designer, keeper, kept }: DraftsProps) {
  const t = useT();
  const { me } = useSession();
  const address = `/journeys/${designer.id}/drafts`;
  const told = useItems<DraftLine>(address);
  const drafts = told.data?.items ?? [];
  const [gone, setGone] = useState<DraftLine | null>(null);
  const [renamed, setRenamed] = useState<DraftLine | null>(null);
  const { busy, problem, send } = useSending();
  const here = kept.draft?.id ?? null;
  const remove = (draft: DraftLine) =>
    send(async () => {
      await api.delete(`${address}/${draft.id}`);
      refresh(address);
      if (draft.id === here) navigate(`/journeys/${designer.id}/edit?draft=published`, { replace: true });
    });
  return (
    <section aria-label={t("versions.drafts")}>
      <h2 className={styles.title}>{t("versions.drafts")}</h2>
      {problem ? (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      ) : null}
      <Instead told={told} none="versions.no_drafts" />
      <ol className={styles.lines}>
        {drafts.map((draft) => (
          <li key={draft.id} className={styles.line}>
            <strong id={`draft-${draft.id}`}>
              {draft.name || t("versions.draft_of", { name: draft.owner_name })}
            </strong>
            {draft.id === here ? <StateChip state="live">{t("versions.open_here")}</StateChip> : null}
            <span className={styles.quiet}>
              {[
                draft.name ? draft.owner_name : null,
                t("versions.based_on", { version: draft.base_version }),
                t("versions.saved_by", { name: draft.updated_by_name, ago: formatAgo(draft.updated_at) }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
            <span className={styles.acts}>
              {draft.id === here ? null : (
                <Button
                  tone="quiet"
                  aria-describedby={`draft-${draft.id}`}
                  onPress={() => navigate(`/journeys/${designer.id}/edit?draft=${draft.id}`)}
                >
                  {t("versions.open")}
                </Button>
              )}
              {designer.editable ? (
                <Button tone="quiet" aria-describedby={`draft-${draft.id}`} onPress={() => setRenamed(draft)}>
                  {t("versions.rename")}
                </Button>
              ) : null}
              {draft.owner === me?.id || hasRole("admin") ? (
                <Button
                  tone="quiet"
                  aria-describedby={`draft-${draft.id}`}
                  isPending={busy}
                  onPress={() => setGone(draft)}
                >
                  {t("ui.delete")}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
      <p className={styles.acts}>
        {designer.editable && here ? (
          <Button
            isPending={busy}
            onPress={() =>
              void send(async () => {
                await keeper.fork(t("versions.fork_name"));
                refresh(address);
              })
            }
          >
            {t("versions.fork")}
          </Button>
        ) : null}
        {here ? (
          <Button onPress={() => navigate(`/journeys/${designer.id}/edit?draft=published`)}>
            {t("versions.open_published")}
          </Button>
        ) : null}
      </p>
      {renamed ? (
        <RenameDialog
          key={renamed.id}
          address={address}
          draft={renamed}
          onDone={(name) => {
            if (renamed.id === keeper.state().draft?.id) keeper.named(name);
          }}
          onClose={() => setRenamed(null)}
        />
      ) : null}
      <ConfirmDialog
        title={t("versions.delete_draft")}
        open={gone !== null}
        onClose={() => setGone(null)}
        confirm={t("ui.delete")}
        danger
        onConfirm={() => gone && void remove(gone)}
      >
        <p>{t("versions.delete_text", { name: gone?.owner_name ?? "" })}</p>
      </ConfirmDialog>
    </section>
  );
}
