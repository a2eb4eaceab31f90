/** How the call sounds: a word when it is worth one, numbers for who asks. */
import { Signal, SignalLow, SignalMedium } from "lucide-react";
import { formatNumber, formatPercent } from "@/i18n/format";
import { useT } from "@/i18n/t";
import type { Call } from "@/live/calls";
import { StateChip } from "@/ui/StateChip";
import styles from "../calls.module.css";
import { levelOf } from "../phone/quality";
import type { Leg } from "../phone/state";
import { LEVEL_STATE } from "../words";

const SIGNS = { good: Signal, fair: SignalMedium, poor: SignalLow };

export function QualityChip({ call, leg }: { call: Call | undefined; leg: Leg | undefined }) {
  const t = useT();
  const level = levelOf(call?.quality?.mos ?? null, leg?.quality ?? null);
  if (!level) return null;
  const Sign = SIGNS[level];
  const lost = Math.max(call?.quality?.lost_share ?? 0, leg?.quality?.lost_share ?? 0);
  const numbers = [
    call?.quality ? t("calls.quality.mos", { mos: formatNumber(call.quality.mos, 1) }) : "",
    t("calls.quality.lost", { share: formatPercent(lost, 1) }),
    leg?.quality ? t("calls.quality.jitter", { ms: leg.quality.jitter_ms }) : "",
    leg?.quality?.rtt_ms ? t("calls.quality.delay", { ms: leg.quality.rtt_ms }) : "",
  ];
  return (
    <span className={styles.quality} title={numbers.filter(Boolean).join(" · ")}>
      <StateChip
        state={level === "good" ? "off" : LEVEL_STATE[level]}
        icon={<Sign size={12} aria-hidden="true" />}
      >
        {t(`calls.quality.${level}`)}
      </StateChip>
    </span>
  );
}
