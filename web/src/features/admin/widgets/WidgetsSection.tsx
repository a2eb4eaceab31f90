/** Chat widgets on the company's pages. */
import { localText, t } from "@/i18n/t";
import { CrudSection } from "../crud/CrudSection";
import { NO_TEXTS } from "../crud/fields";
import type { Kind } from "../crud/kind";
import type { SectionProps } from "../sections";
import { WidgetForm } from "./WidgetForm";
import { bodyOfWidget, draftOfWidget, type Widget, type WidgetDraft } from "./widget";

const WIDGETS: Kind<Widget, WidgetDraft> = {
  section: "widgets",
  path: "/widgets",
  writes: ["admin"],
  title: "admin.section.widgets",
  add: "admin.widgets.add",
  empty: "admin.widgets.empty",
  emptyText: "admin.widgets.empty_text",
  removeTitle: "admin.widgets.remove",
  idOf: (widget) => widget.key,
  nameOf: (widget) => localText(widget.name, widget.key),
  detailOf: (widget) => (widget.enabled ? widget.origins.join(", ") : t("admin.phase.off")),
  faded: (widget) => !widget.enabled,
  blank: () => ({
    key: "",
    name: NO_TEXTS,
    greeting: NO_TEXTS,
    colour: "#8a3b12",
    origins: "",
    journey_id: "",
    upload_max_mb: 10,
    enabled: true,
  }),
  draftOf: draftOfWidget,
  bodyOf: bodyOfWidget,
  Form: WidgetForm,
};

export default function WidgetsSection({ id }: SectionProps) {
  return <CrudSection kind={WIDGETS} id={id} />;
}
