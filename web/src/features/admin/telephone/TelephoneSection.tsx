/** The telephone: lines, numbers, desk phones, what may be called, and how it is right now. */
import { ArrowLeft } from "lucide-react";
import { Link } from "@/app/Link";
import { navigate } from "@/app/router";
import { hasRole } from "@/app/session";
import { useT } from "@/i18n/t";
import { Tabs } from "@/ui/Tabs";
import type { SectionProps } from "../sections";
import { LinesTab } from "./LinesTab";
import { NumbersTab } from "./NumbersTab";
import { OutgoingTab } from "./OutgoingTab";
import { PhonesTab } from "./PhonesTab";
import { StateTab } from "./StateTab";
import styles from "./telephone.module.css";

const LEADERS = ["supervisor", "admin"];

/** The parts, and who may read each. Source: src/warmline/features/security/roles.py. */
const PARTS = [
  { id: "lines", roles: ["admin"], Part: LinesTab },
  { id: "numbers", roles: ["supervisor", "designer", "admin"], Part: NumbersTab },
  { id: "phones", roles: LEADERS, Part: PhonesTab },
  { id: "outgoing", roles: LEADERS, Part: OutgoingTab },
  { id: "state", roles: LEADERS, Part: StateTab },
] as const;

export default function TelephoneSection({ id, item }: SectionProps) {
  const t = useT();
  const mine = PARTS.filter((part) => hasRole(...part.roles));
  const open = mine.find((part) => part.id === id) ?? mine[0];
  return (
    <section className={styles.telephone} aria-label={t("admin.section.telephone")}>
      <Link to="/admin" className={styles.back} aria-label={t("ui.back")}>
        <ArrowLeft size={16} aria-hidden="true" />
      </Link>
      <Tabs
        label={t("telephone.parts")}
        value={open?.id}
        onChange={(part) => part !== open?.id && navigate(`/admin/telephone/${part}`)}
        parts={mine.map(({ id: part, Part }) => ({
          id: part,
          label: t(`telephone.tab.${part}`),
          content: <Part id={part === id ? item : undefined} />,
        }))}
      />
    </section>
  );
}
