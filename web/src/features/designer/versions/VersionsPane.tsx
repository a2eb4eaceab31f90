/** Versions and drafts of the journey in hand: what changed, who works on it, and the way back. */
import { useEffect, useMemo, useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/resource";
import { useSending } from "@/api/sending";
import { type JourneyLine, useItems } from "@/api/settings";
import { formatAgo, formatDateTime } from "@/i18n/format";
import { locale, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { Select } from "@/ui/Select";
import { StateChip } from "@/ui/StateChip";
import { showToast } from "@/ui/toasts";
import type { Designer, JourneyJson, PaneProps } from "../seams";
import { Changes } from "./Changes";
import { layerOf } from "./changes";
import { Drafts } from "./Drafts";
import { Instead } from "./Instead";
import type { DraftKeeper, Kept } from "./keeper";
import { useDiff } from "./useDiff";
import { useKeeper, useKept } from "./useDraft";
import styles from "./versions.module.css";
import { WaysRoom } from "./WaysRoom";

interface VersionLine extends JourneyLine {
  published_by_name: string;
}

/** What is drawn now, among the versions one compares. */
const DRAWN = "drawn";

export default function VersionsPane({ designer }: PaneProps) {
  const keeper = useKeeper();
  return keeper ? <Versions designer={designer} keeper={keeper} /> : null;
}

function Versions({ designer, keeper }: { designer: Designer; keeper: DraftKeeper }) {
  const kept = useKept(keeper);
  const told = useItems<VersionLine>(`/journeys/${designer.id}/versions`);
  const versions = told.data?.items ?? [];
  const newest = versions[0]?.version ?? 0;
  return (
    <div className={styles.pane}>
      <Standing designer={designer} keeper={keeper} kept={kept} newest={newest} />
      <Compare designer={designer} keeper={keeper} kept={kept} versions={versions} />
      <Published designer={designer} keeper={keeper} versions={versions} told={told} />
      <Drafts designer={designer} kept={kept} keeper={keeper} />
    </div>
  );
}

interface RoomProps {
  designer: Designer;
  keeper: DraftKeeper;
}

function Standing({ designer, keeper, kept, newest }: RoomProps & { kept: Kept; newest: number }) {
  const t = useT();
  const { draft, base_version, clash } = kept;
  return (
    <section className={styles.standing} aria-label={t("versions.standing")}>
      {draft?.name ? <h2 className={styles.title}>{draft.name}</h2> : null}
      <p>
        {draft === null
          ? t("versions.is_published", { version: base_version })
          : base_version === 0
            ? t("versions.from_nothing")
            : t("versions.from_version", { version: base_version })}
      </p>
      {draft ? (
        <p className={styles.quiet}>
          {t("versions.saved_by", { name: draft.updated_by_name, ago: formatAgo(draft.updated_at) })}
        </p>
      ) : null}
      {clash ? (
        <p>
          <StateChip state="late">{t("versions.clash", { name: clash.theirs.updated_by_name })}</StateChip>{" "}
          <Button onPress={() => keeper.ask(true)}>{t("versions.decide")}</Button>
        </p>
      ) : newest > base_version ? (
        <p>
          <StateChip state="wait">{t("versions.newer", { version: newest })}</StateChip>{" "}
          <Button isDisabled={!designer.editable} onPress={() => keeper.behind(newest)}>
            {t("versions.merge_version", { version: newest })}
          </Button>
        </p>
      ) : null}
    </section>
  );
}

interface CompareProps extends RoomProps {
  kept: Kept;
  versions: readonly VersionLine[];
}

function Compare({ designer, keeper, kept, versions }: CompareProps) {
  const t = useT();
  const { draft, base_version, saving } = kept;
  const [from, setFrom] = useState(String(base_version));
  const [to, setTo] = useState(DRAWN);
  const { draw, journey, id } = designer;
  const drawn = draft ? draft.id : String(base_version);
  // While the pane is hidden it knows an older document than the one that is kept: nothing is asked then.
  const settled = to !== DRAWN || (saving === "idle" && keeper.work().journey === journey);
  // A draft is compared as it is saved; its revision makes the address new.
  const address = `/journeys/${id}/diff?from=${from}&to=${to === DRAWN ? drawn : to}&at=${draft?.revision ?? 0}`;
  const { changes, error } = useDiff(settled ? address : null);
  useEffect(() => {
    if (to === DRAWN) void keeper.flush();
  }, [to, keeper]);
  const layer = useMemo(
    () => (changes && changes.length > 0 && to === DRAWN ? layerOf(changes, journey) : null),
    [changes, journey, to],
  );
  useEffect(() => draw(layer), [draw, layer]);
  const items = versions.map((line) => ({
    id: String(line.version),
    label: t("journeys.version", { number: line.version }),
    detail: formatDateTime(line.published_at),
  }));
  const nothing = { id: "0", label: t("versions.nothing") };
  return (
    <section aria-label={t("versions.changes")}>
      <h2 className={styles.title}>{t("versions.changes")}</h2>
      <div className={styles.ends}>
        <Select label={t("versions.from")} items={[...items, nothing]} value={from} onChange={setFrom} />
        <Select
          label={t("versions.to")}
          items={[{ id: DRAWN, label: t("versions.drawn") }, ...items]}
          value={to}
          onChange={setTo}
        />
      </div>
      {error ? (
        <p role="alert" className={styles.problem}>
          {error.message} {error.fix}
        </p>
      ) : (
        <div aria-busy={changes === null}>
          <Changes changes={changes} designer={designer} live={to === DRAWN} />
          {changes && changes.length > 0 && designer.editable ? (
            <WaysRoom key={address} designer={designer} from={from} to={to === DRAWN ? drawn : to} />
          ) : null}
        </div>
      )}
    </section>
  );
}

interface PublishedProps extends RoomProps {
  versions: readonly VersionLine[];
  told: Pick<ReturnType<typeof useItems>, "data" | "error">;
}

function Published({ designer, keeper, versions, told }: PublishedProps) {
  const t = useT();
  const [back, setBack] = useState<number | null>(null);
  const { busy, problem, send } = useSending();
  const newest = versions[0]?.version ?? 0;
  const take = (version: number) =>
    send(async () => {
      const { document } = await api.get<{ document: JourneyJson }>(`/journeys/${designer.id}?version=${version}`);
      designer.replace(document, "versions.did.take");
      showToast({ tone: "good", text: t("versions.taken", { version }) });
    });
  const roll = (version: number) =>
    send(async () => {
      const line = await api.post<JourneyLine>(`/journeys/${designer.id}/rollback?locale=${locale()}`, {
        version,
        newest,
      });
      refresh("/journeys");
      if (keeper.state().draft) keeper.behind(line.version);
      showToast({ tone: "good", text: t("versions.rolled_back", { from: version, version: line.version }) });
    });
  return (
    <section aria-label={t("versions.title")}>
      <h2 className={styles.title}>{t("versions.title")}</h2>
      {problem ? (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      ) : null}
      <Instead told={told} none="versions.none" />
      <ol className={styles.lines}>
        {versions.map((line) => (
          <li key={line.version} className={styles.line}>
            <strong id={`version-${line.version}`}>{t("journeys.version", { number: line.version })}</strong>
            {line.version === newest ? <StateChip state="live">{t("journeys.newest")}</StateChip> : null}
            <span className={styles.quiet}>
              {[line.published_by_name || t("versions.system"), formatDateTime(line.published_at)].join(" · ")}
            </span>
            {designer.editable ? (
              <span className={styles.acts}>
                <Button
                  tone="quiet"
                  aria-describedby={`version-${line.version}`}
                  isPending={busy}
                  onPress={() => void take(line.version)}
                >
                  {t("versions.take")}
                </Button>
                {line.version === newest ? null : (
                  <Button
                    tone="quiet"
                    aria-describedby={`version-${line.version}`}
                    isPending={busy}
                    onPress={() => setBack(line.version)}
                  >
                    {t("versions.roll_back")}
                  </Button>
                )}
              </span>
            ) : null}
          </li>
        ))}
      </ol>
      <ConfirmDialog
        title={t("versions.roll_back_to", { version: back ?? 0 })}
        open={back !== null}
        onClose={() => setBack(null)}
        confirm={t("versions.roll_back")}
        onConfirm={() => back !== null && void roll(back)}
      >
        <p>{t("versions.roll_back_text", { version: back ?? 0, next: newest + 1 })}</p>
      </ConfirmDialog>
    </section>
  );
}
