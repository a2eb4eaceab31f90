/** Parts of one screen, one shown at a time. */
import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components/Tabs";
import styles from "./tabs.module.css";

export interface TabPart {
  id: string;
  label: string;
  count?: number;
  content: ReactNode;
}

export interface TabsProps {
  label: string;
  parts: readonly TabPart[];
  value?: string;
  onChange?: (id: string) => void;
}

export function Tabs({ label, parts, value, onChange }: TabsProps) {
  return (
    <AriaTabs className={styles.tabs} selectedKey={value} onSelectionChange={(key) => onChange?.(String(key))}>
      <TabList className={styles.list} aria-label={label}>
        {parts.map((part) => (
          <Tab key={part.id} id={part.id} className={styles.tab}>
            {part.label}
            {part.count === undefined ? null : <span className={styles.count}>{part.count}</span>}
          </Tab>
        ))}
      </TabList>
      {parts.map((part) => (
        <TabPanel key={part.id} id={part.id} className={styles.panel}>
          {part.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
