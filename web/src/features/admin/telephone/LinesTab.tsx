/** Providers' lines, and whether they are connected. */
import { useResource } from "@/api/resource";
import { localText, t, useT } from "@/i18n/t";
import { type State, StateChip } from "@/ui/StateChip";
import { CrudSection } from "../crud/CrudSection";
import { NO_TEXTS } from "../crud/fields";
import type { Kind } from "../crud/kind";
import { LineForm } from "./LineForm";
import { bodyOfLine, draftOfLine, type Line, type LineDraft } from "./line";
import { lineState, type Telephone } from "./state";

const LOOKS: Record<ReturnType<typeof lineState>, State> = { up: "ok", down: "late", unknown: "off" };

/** Whether a line is connected, as the voice processes tell. */
export function LineChip({ id, enabled }: { id: string; enabled: boolean }) {
  const text = useT();
  const { data } = useResource<Telephone>("/telephone", 5000);
  if (!enabled) return <StateChip state="off">{text("telephone.lines.off")}</StateChip>;
  const state = lineState(data, id);
  return <StateChip state={LOOKS[state]}>{text(`telephone.lines.${state}`)}</StateChip>;
}

const LINES: Kind<Line, LineDraft> = {
  section: "telephone/lines",
  path: "/trunks",
  writes: ["admin"],
  title: "telephone.tab.lines",
  add: "telephone.lines.add",
  empty: "telephone.lines.empty",
  emptyText: "telephone.lines.empty_text",
  removeTitle: "telephone.lines.remove",
  idOf: (line) => line.id,
  nameOf: (line) => localText(line.name, line.id),
  detailOf: (line) => (
    <>
      <LineChip id={line.id} enabled={line.enabled} /> {t(`telephone.lines.mode.${line.mode}`)} · {line.host}
    </>
  ),
  faded: (line) => !line.enabled,
  blank: () => ({
    id: "",
    name: NO_TEXTS,
    mode: "registration",
    host: "",
    port: 5060,
    transport: "udp",
    srtp: "optional",
    username: "",
    addresses: "",
    caller_number: "",
    region: "KR",
    inband_digits: false,
    priority: 1,
    calls_at_most: 30,
    enabled: true,
  }),
  draftOf: draftOfLine,
  bodyOf: bodyOfLine,
  Form: LineForm,
};

export function LinesTab({ id }: { id: string | undefined }) {
  return <CrudSection kind={LINES} id={id} />;
}
