/** The form of the chosen step; of the journey itself while none is chosen. */
import { useMemo } from "react";
import { type Prompt, useItems } from "@/api/settings";
import { useLocale, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import field from "@/ui/field.module.css";
import { textIn } from "../../journeys/prompts";
import { changeStep } from "../model/operations";
import { stepAt } from "../model/paths";
import { kindName } from "../model/words";
import type { JourneyJson, PaneProps, StepJson } from "../seams";
import { Branches } from "./Branches";
import { type Room, RoomContext } from "./context";
import { PartForm } from "./Form";
import styles from "./inspector.module.css";
import { NO_NAMES, useNames, useSchema } from "./names";
import { filled, heldBy, type Part, type Shape, shapeOf } from "./schema";
import type { Within } from "./taking";
import { variablesOf } from "./variables";

/** Take over the one field that the form changed, onto what the document holds by now. */
function taken<P extends Part>(shape: Shape, now: P, next: Part, name: string): P {
  const field = shape.fields.find((each) => each.name === name);
  return field ? filled(shape, now, field, heldBy(next, field)) : now;
}

export default function InspectorPane({ designer }: PaneProps) {
  const t = useT();
  const locale = useLocale();
  const schema = useSchema();
  const names = useNames().data ?? NO_NAMES;
  const prompts = useItems<Prompt>("/prompts", 60_000).data?.items;
  const { journey, selected, editable } = designer;
  const texts = useMemo(() => textIn(prompts ?? [], locale), [prompts, locale]);
  // Hundreds of texts, the same for every field: put together once, not at every letter typed.
  const keys = useMemo(
    () => names.prompts.map(({ key }) => ({ id: key, detail: texts.get(key) ?? "" })),
    [names.prompts, texts],
  );
  const room = useMemo<Room | null>(
    () =>
      schema.data
        ? {
            schema: schema.data,
            names,
            journey,
            sections: Object.keys(journey.sections),
            variables: variablesOf(journey, names.tasks),
            prompts: prompts ?? [],
            texts,
            keys,
            editable,
          }
        : null,
    [schema.data, names, journey, prompts, texts, keys, editable],
  );
  if (schema.error && !room) {
    return (
      <EmptyState
        title={schema.error.message}
        text={schema.error.fix}
        action={<Button onPress={() => void schema.reload()}>{t("ui.retry")}</Button>}
      />
    );
  }
  if (!room) return <p aria-busy="true">{t("ui.loading")}</p>;
  if (selected.length > 1) {
    return (
      <EmptyState title={t("inspector.several", { count: selected.length })} text={t("inspector.several_text")} />
    );
  }
  const [path] = selected;
  const step = path === undefined ? null : stepAt(journey, path);
  return (
    <RoomContext.Provider value={room}>
      {path !== undefined && step ? (
        <StepForm key={path} path={path} step={step} designer={designer} room={room} />
      ) : (
        <JourneyForm designer={designer} room={room} />
      )}
    </RoomContext.Provider>
  );
}

interface StepFormProps extends PaneProps {
  path: string;
  step: StepJson;
  room: Room;
}

function StepForm({ path, step, designer, room }: StepFormProps) {
  const t = useT();
  const shape = shapeOf(room.schema.steps, step);
  const edit = (next: Part, name: string, within: Within) => {
    if (!shape) return;
    designer.edit({
      label: "inspector.did.field",
      merge: within === null ? undefined : `inspector ${path} ${within}`,
      apply: (now) => changeStep(now, path, (before) => taken(shape, before, next, name)),
    });
  };
  return (
    <section className={styles.pane} aria-labelledby="inspector-title">
      <h2 id="inspector-title" className={styles.title}>
        {kindName(step.step)}
      </h2>
      {shape ? (
        <div className={styles.form}>
          <PartForm shape={shape} part={step} onChange={edit} />
        </div>
      ) : (
        <p>{t("inspector.unknown_kind")}</p>
      )}
      <Branches path={path} step={step} designer={designer} />
    </section>
  );
}

function JourneyForm({ designer, room }: PaneProps & { room: Room }) {
  const t = useT();
  const { journey } = designer;
  const whole = room.schema.journey;
  // Its name is its address, and what happens on errors is drawn like any section.
  const shape = { ...whole, fields: whole.fields.filter(({ name }) => name !== "id") };
  const edit = (next: Part, name: string, within: Within) =>
    designer.edit({
      label: "inspector.did.journey",
      merge: within === null ? undefined : `inspector journey ${within}`,
      apply: (now) => taken(shape, now as unknown as Part, next, name) as unknown as JourneyJson,
    });
  return (
    <section className={styles.pane} aria-labelledby="inspector-title">
      <h2 id="inspector-title" className={styles.title}>
        {t("inspector.journey")} <code>{journey.id}</code>
      </h2>
      <p className={field.hint}>{t("inspector.journey_text")}</p>
      <div className={styles.form}>
        <PartForm shape={shape} part={journey as unknown as Part} onChange={edit} />
      </div>
    </section>
  );
}
