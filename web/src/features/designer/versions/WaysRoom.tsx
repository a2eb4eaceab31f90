/** What the same random customers met in two documents, on demand: it is a sample, and says so. */
import { Users } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { useSending } from "@/api/sending";
import { formatNumber } from "@/i18n/format";
import type { Key } from "@/i18n/keys";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { usePromptTexts } from "../model/use";
import { placeName, sectionName } from "../model/words";
import type { Designer, StepPath } from "../seams";
import styles from "./versions.module.css";

const KINDS = ["reached", "left", "new", "unused", "lost"] as const;

/** Source: src/warmline/features/designer/versions_api.py, WaysDoc. */
interface Ways extends Readonly<Record<(typeof KINDS)[number], readonly StepPath[]>> {
  readonly customers: number;
  readonly changed: number;
  readonly examples: readonly { readonly before: readonly string[]; readonly after: readonly string[] }[];
}

export interface WaysRoomProps {
  designer: Designer;
  from: string;
  to: string;
}

export function WaysRoom({ designer, from, to }: WaysRoomProps) {
  const t = useT();
  const texts = usePromptTexts();
  const [ways, setWays] = useState<Ways | null>(null);
  const { busy, problem, send } = useSending();
  const ask = () =>
    send(async () => setWays(await api.get<Ways>(`/journeys/${designer.id}/diff/ways`, { from, to })));
  const nameOf = (path: StepPath) => {
    const [section = ""] = path.split("/");
    const name = sectionName(section);
    const place = placeName(designer.journey, path, texts);
    return place === name ? name : `${name} › ${place}`;
  };
  if (ways === null) {
    return (
      <p className={styles.acts}>
        <Button icon={<Users size={14} aria-hidden="true" />} isPending={busy} onPress={() => void ask()}>
          {t(busy ? "versions.ways.busy" : "versions.ways.ask")}
        </Button>
        {problem ? (
          <span role="alert" className={styles.problem}>
            {problem}
          </span>
        ) : null}
      </p>
    );
  }
  return (
    <div className={styles.standing} aria-live="polite">
      <p>
        {t("versions.ways.changed", {
          changed: formatNumber(ways.changed),
          customers: formatNumber(ways.customers),
        })}
      </p>
      {KINDS.map((kind) =>
        ways[kind].length > 0 ? (
          <div key={kind}>
            <p className={styles.quiet}>{t(`versions.ways.${kind}` satisfies Key)}</p>
            <ul className={styles.places}>
              {ways[kind].map((path) => (
                <li key={path}>{kind === "lost" ? path : nameOf(path)}</li>
              ))}
            </ul>
          </div>
        ) : null,
      )}
      {ways.examples.map((example, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: examples have no name but their number.
        <details key={at}>
          <summary>{t("versions.ways.example", { number: at + 1 })}</summary>
          <dl className={styles.sides}>
            <div className={styles.side}>
              <dt>{t("versions.from")}</dt>
              <dd className={styles.talk}>{example.before.join("\n")}</dd>
            </div>
            <div className={styles.side}>
              <dt>{t("versions.to")}</dt>
              <dd className={styles.talk}>{example.after.join("\n")}</dd>
            </div>
          </dl>
        </details>
      ))}
    </div>
  );
}
