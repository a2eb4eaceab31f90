/** What the one list-and-detail pattern needs to know of a kind of setting. */
import type { ComponentType, ReactNode } from "react";
import type { Key } from "@/i18n/keys";
import type { Errors } from "./errors";

export interface FormProps<Draft, Item = unknown> {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  errors: Errors;
  isNew: boolean;
  /** Reading only: the role may not change this. */
  locked: boolean;
  /** As it is stored; null while new. */
  item: Item | null;
}

export interface Kind<Item extends { version: number }, Draft> {
  /** Where it lives in the app (`/admin/<section>`) and in the API. */
  section: string;
  path: string;
  /** Who may change it. */
  writes: readonly string[];
  title: Key;
  /** Left out: new ones may be made. */
  creates?: boolean;
  /** The button that makes a new one. */
  add: Key;
  empty: Key;
  emptyText: Key;
  idOf: (item: Item) => string;
  nameOf: (item: Item) => string;
  detailOf?: (item: Item) => ReactNode;
  /** Quieter in the list, below the others. */
  faded?: (item: Item) => boolean;
  blank: () => Draft;
  draftOf: (item: Item) => Draft;
  /** The body of POST (`version` null) or PUT. */
  bodyOf: (draft: Draft, version: number | null) => object;
  /** Left out: it cannot be removed. */
  removeTitle?: Key;
  Form: ComponentType<FormProps<Draft, Item>>;
}
