/** Whom a step asks: skills with levels, all or any of them, teams and attributes. */
import { useState } from "react";
import { type Ring, type Skill, useItems } from "@/api/settings";
import { localText, useT } from "@/i18n/t";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { type Errors, errorAt } from "../crud/errors";
import { Rows } from "../crud/fields";
import styles from "./queues.module.css";
import { linesOfPairs, listOf, MATCHES, pairsOf } from "./rules";

const LEVELS = [1, 2, 3, 4, 5] as const;

export interface RingWhoProps {
  ring: Ring;
  at: number;
  change: (part: Partial<Ring>) => void;
  errors: Errors;
  locked: boolean;
}

/** Text that stands for a list: what is being typed stays as it is typed. */
function Typed(props: {
  label: string;
  text: string;
  hint?: string;
  error: string | null;
  rows?: number;
  locked: boolean;
  onText: (text: string) => void;
}) {
  const [typed, setTyped] = useState(props.text);
  return (
    <TextField
      label={props.label}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        props.onText(text);
      }}
      hint={props.hint}
      error={props.error}
      rows={props.rows}
      disabled={props.locked}
    />
  );
}

export function RingWho({ ring, at, change, errors, locked }: RingWhoProps) {
  const t = useT();
  const { data } = useItems<Skill>("/skills");
  const known = data?.items ?? [];
  const free = known.filter((skill) => !ring.skills.some((each) => each.skill === skill.id));
  const place = `rules.rings.${at}`;
  return (
    <div className={styles.who}>
      <Rows
        rows={ring.skills}
        keyOf={(need) => need.skill}
        onChange={(skills) => change({ skills })}
        addLabel={t("admin.people.add_skill")}
        removeLabel={t("admin.people.remove_skill")}
        make={() => ({ skill: free[0]?.id ?? "", level: 1 })}
        max={Math.min(20, known.length)}
        locked={locked}
        empty={t("admin.rules.ring_any_skill")}
      >
        {(need, index, edit) => (
          <>
            <Select
              label={t("admin.field.skill")}
              labelHidden={index > 0}
              items={known
                .filter((skill) => skill.id === need.skill || free.includes(skill))
                .map(({ id, name }) => ({ id, label: localText(name, id) }))}
              value={need.skill}
              onChange={(skill) => edit({ skill })}
              error={errorAt(errors, `${place}.skills.${index}.skill`)}
              disabled={locked}
            />
            <Select
              label={t("admin.field.level")}
              labelHidden={index > 0}
              items={LEVELS.map((level) => ({ id: String(level), label: t(`admin.level.${level}`) }))}
              value={String(need.level)}
              onChange={(level) => edit({ level: Number(level) })}
              error={errorAt(errors, `${place}.skills.${index}.level`)}
              disabled={locked}
            />
          </>
        )}
      </Rows>
      {ring.skills.length > 1 ? (
        <Select
          label={t("admin.rules.ring_match")}
          items={MATCHES.map((id) => ({ id, label: t(`admin.rules.ring_match.${id}`) }))}
          value={ring.match}
          onChange={(match) => change({ match })}
          error={errorAt(errors, `${place}.match`)}
          disabled={locked}
        />
      ) : null}
      <Typed
        label={t("admin.rules.ring_teams")}
        text={ring.teams.join(", ")}
        onText={(text) => change({ teams: listOf(text) })}
        error={errorAt(errors, `${place}.teams`)}
        locked={locked}
      />
      <Typed
        label={t("admin.field.attributes")}
        text={linesOfPairs(ring.attributes)}
        hint={t("admin.rules.ring_attributes_hint")}
        onText={(text) => change({ attributes: pairsOf(text) })}
        error={errorAt(errors, `${place}.attributes`)}
        rows={2}
        locked={locked}
      />
    </div>
  );
}
