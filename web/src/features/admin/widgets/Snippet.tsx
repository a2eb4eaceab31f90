/** The line of script that puts the widget on a page, ready to copy. */
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Group } from "../crud/fields";
import { snippetFor } from "./widget";
import styles from "./widgets.module.css";

export function Snippet({ widget }: { widget: string }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const text = snippetFor(location.origin, widget);
  return (
    <Group title={t("admin.widgets.snippet")} hint={t("admin.widgets.snippet_hint")}>
      <div className={styles.snippet}>
        <code>{text}</code>
        <Button
          icon={copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
          onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        >
          {t(copied ? "admin.widgets.copied" : "admin.widgets.copy")}
        </Button>
      </div>
    </Group>
  );
}
