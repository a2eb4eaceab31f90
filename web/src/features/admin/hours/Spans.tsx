/** The open spans of one day: times to type, a bar to see. */
import { Plus, X } from "lucide-react";
import { useT } from "@/i18n/t";
import { IconButton } from "@/ui/Button";
import { barsOf, nextSpan, type Span, tidyTime } from "./calendar";
import styles from "./hours.module.css";

const MOST = 6;
const ENDS = [0, 1] as const;

export interface SpansProps {
  /** Whose hours these are, for screen readers. */
  label: string;
  spans: readonly Span[];
  onChange: (spans: readonly Span[]) => void;
  error: string | null;
  locked: boolean;
}

export function Spans({ label, spans, onChange, error, locked }: SpansProps) {
  const t = useT();
  const change = (at: number, end: 0 | 1, text: string) =>
    onChange(
      spans.map((span, index) => (index === at ? span.map((old, side) => (side === end ? text : old)) : span)),
    );
  return (
    <div className={styles.day}>
      <svg className={styles.bar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        {barsOf(spans).map((bar) => (
          <rect key={`${bar.start} ${bar.width}`} x={bar.start} y="0" width={bar.width} height="8" />
        ))}
      </svg>
      <div className={styles.spans}>
        {spans.length === 0 ? <span className={styles.closed}>{t("admin.hours.closed")}</span> : null}
        {spans.map((span, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a span has no identity but its place.
          <span key={at} className={styles.span}>
            {ENDS.map((end) => (
              <span key={end}>
                {end === 1 ? <span aria-hidden="true">–</span> : null}
                <input
                  className={styles.time}
                  aria-label={t(end === 0 ? "admin.hours.from_of" : "admin.hours.to_of", { day: label })}
                  aria-invalid={error !== null}
                  inputMode="numeric"
                  maxLength={5}
                  value={span[end] ?? ""}
                  disabled={locked}
                  onChange={(event) => change(at, end, event.target.value)}
                  onBlur={(event) => change(at, end, tidyTime(event.target.value))}
                />
              </span>
            ))}
            {locked ? null : (
              <IconButton
                label={t("admin.hours.remove_span", { day: label })}
                icon={<X size={13} aria-hidden="true" />}
                onPress={() => onChange(spans.filter((_span, index) => index !== at))}
              />
            )}
          </span>
        ))}
        {locked || spans.length >= MOST ? null : (
          <IconButton
            label={t("admin.hours.add_span", { day: label })}
            icon={<Plus size={14} aria-hidden="true" />}
            onPress={() => onChange([...spans, nextSpan(spans)])}
          />
        )}
      </div>
      {error ? (
        <p className={styles.error} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}
