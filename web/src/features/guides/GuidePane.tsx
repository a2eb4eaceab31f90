/** The guide beside a contact: what suits its reason, the card that is open, and the way back. */
import { BookOpenCheck, X } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { api } from "@/api/client";
import { useSending } from "@/api/sending";
import { useLocale, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { GuideCard } from "./GuideCard";
import { cardKey, type Guide, type GuidesOf, newest, openGuides, withGuide } from "./guides";
import styles from "./guides.module.css";
import { dropEntries } from "./kept";
import { useTold } from "./told";

export default function GuidePane({ contact }: { contact: string }) {
  const t = useT();
  const path = `/contacts/${contact}/guides`;
  const spoken = `?locale=${useLocale()}`;
  const [own, setOwn] = useState<GuidesOf | null>(null);
  const [over, setOver] = useState<Guide | null>(null);
  const [elsewhere, setElsewhere] = useState(false);
  const { busy, problem, refusal, send } = useSending();
  const pane = useRef<HTMLElement>(null);
  const alert = useRef<HTMLParagraphElement>(null);
  // One's own step leads the keyboard on, and so does a colleague's that takes away the card it is in; nothing else.
  const led = useRef(false);
  const { data, reload } = useTold(contact, own, busy);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the server tells is taken in once, when it comes
  useEffect(() => {
    if (!data) return;
    const next = newest(own, data);
    const [before] = own === null ? [] : openGuides(own);
    const [after] = openGuides(next);
    setOwn(next);
    if (own === null || cardKey(before) === cardKey(after)) return;
    led.current = pane.current?.contains(document.activeElement) ?? false;
    setElsewhere(true);
    setOver((last) => (before && !after ? (next.begun.find(({ id }) => id === before.id) ?? null) : last));
  }, [data]);
  // A refused step leaves its button disabled for a moment, and the keyboard nowhere.
  useEffect(() => {
    if (problem && document.activeElement === document.body) alert.current?.focus({ preventScroll: true });
  }, [problem]);
  if (!own || (own.offered.length === 0 && own.begun.length === 0)) return null;
  const [open] = openGuides(own);

  const step = (work: () => Promise<Guide>) =>
    send(async () => {
      const guide = await work();
      dropEntries(guide.id);
      led.current = true;
      setOwn((before) => withGuide(before ?? own, guide));
      setOver(guide.outcome === null ? null : guide);
      setElsewhere(false);
    });
  const behind = refusal?.code === "guides.newer" || refusal?.code === "guides.over";

  return (
    <section ref={pane} className={styles.pane} aria-label={t("guides.title")}>
      <header className={styles.heading}>
        <h3>
          <BookOpenCheck size={15} aria-hidden="true" /> {open ? open.title : t("guides.title")}
        </h3>
        {open ? (
          <span className={styles.away}>
            <IconButton
              label={t("guides.close")}
              icon={<X size={15} aria-hidden="true" />}
              isDisabled={busy}
              onPress={() =>
                step(() => api.post(`${path}/${open.id}/close${spoken}`, { revision: open.revision }))
              }
            />
          </span>
        ) : null}
      </header>
      <p role="status" className={elsewhere ? styles.elsewhere : undefined}>
        {elsewhere ? t("guides.elsewhere") : null}
      </p>
      {open ? (
        <GuideCard
          key={cardKey(open)}
          guide={open}
          busy={busy}
          led={led}
          answer={(button, fields) =>
            step(() => api.post(`${path}/${open.id}/answer${spoken}`, { revision: open.revision, button, fields }))
          }
          back={() => step(() => api.post(`${path}/${open.id}/back${spoken}`, { revision: open.revision }))}
        />
      ) : (
        <>
          {over ? <Outcome key={over.id} guide={over} led={led} /> : null}
          <Begin
            guides={own}
            busy={busy}
            begin={(id) => step(() => api.post(path + spoken, { journey_id: id }))}
          />
        </>
      )}
      {problem ? (
        <p ref={alert} role="alert" tabIndex={-1} className={styles.problem}>
          {problem}
          {behind ? <Button onPress={() => void reload()}>{t("guides.reload")}</Button> : null}
        </p>
      ) : null}
    </section>
  );
}

function Outcome({ guide, led }: { guide: Guide; led: RefObject<boolean> }) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (led.current) box.current?.focus({ preventScroll: true });
    led.current = false;
  }, [led]);
  return (
    <div ref={box} tabIndex={-1} className={styles.said}>
      <p>{t(guide.outcome === "closed" ? "guides.closed" : "guides.done", { title: guide.title })}</p>
      {guide.said.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}

function Begin({ guides, busy, begin }: { guides: GuidesOf; busy: boolean; begin: (id: string) => void }) {
  const t = useT();
  const suggested = guides.offered.filter((guide) => guide.suggested);
  const others = guides.offered.filter((guide) => !guide.suggested);
  return (
    <div className={styles.begin}>
      {suggested.map((guide) => (
        <Button key={guide.journey_id} wide isDisabled={busy} onPress={() => begin(guide.journey_id)}>
          {t("guides.begin", { title: guide.title })}
        </Button>
      ))}
      {others.length > 0 ? (
        <Select
          label={t("guides.others")}
          labelHidden
          placeholder={t("guides.others")}
          items={others.map((guide) => ({ id: guide.journey_id, label: guide.title }))}
          value={null}
          disabled={busy}
          onChange={begin}
        />
      ) : null}
    </div>
  );
}
