/** Prepared replies for agents. */
import { localText } from "@/i18n/t";
import { CrudSection } from "../crud/CrudSection";
import { NO_TEXTS } from "../crud/fields";
import type { Kind } from "../crud/kind";
import type { SectionProps } from "../sections";
import { MacroForm } from "./MacroForm";
import type { Macro, MacroDraft } from "./macro";

const MACROS: Kind<Macro, MacroDraft> = {
  section: "macros",
  path: "/macros",
  writes: ["supervisor", "admin"],
  title: "admin.section.macros",
  add: "admin.macros.add",
  empty: "admin.macros.empty",
  emptyText: "admin.macros.empty_text",
  removeTitle: "admin.macros.remove",
  idOf: (macro) => macro.id,
  nameOf: (macro) => localText(macro.title, macro.shortcut),
  detailOf: (macro) => `/${macro.shortcut}`,
  blank: () => ({ shortcut: "", title: NO_TEXTS, texts: NO_TEXTS }),
  draftOf: ({ shortcut, title, texts }) => ({ shortcut, title, texts }),
  bodyOf: (draft, version) => (version === null ? draft : { ...draft, version }),
  Form: MacroForm,
};

export default function MacrosSection({ id }: SectionProps) {
  return <CrudSection kind={MACROS} id={id} />;
}
