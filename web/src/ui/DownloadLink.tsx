/** A file to take along, drawn like a button. */
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./button.module.css";
import { classes } from "./classes";

export function DownloadLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className={classes(styles.button, styles.link)} href={href} download>
      <Download size={14} aria-hidden="true" />
      {children}
    </a>
  );
}
