/** What the customer may do now: quick replies, words, keys, a card, silence, leaving. */
import { useState } from "react";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { Keypad } from "./Keypad";
import styles from "./simulator.module.css";
import type { Deed, FormField, Simulation } from "./talk";

export interface ReplyProps {
  told: Simulation;
  phone: boolean;
  onDo: (deed: Deed) => void;
}

function Card({ told, onDo }: { told: Simulation; onDo: (deed: Deed) => void }) {
  const { fields, options } = told.awaited;
  const [entered, setEntered] = useState<Readonly<Record<string, string>>>({});
  const of = (field: FormField) => entered[field.name] ?? field.value;
  const enter = (field: FormField) => (value: string) => setEntered((all) => ({ ...all, [field.name]: value }));
  return (
    <div className={styles.card}>
      {fields.map((field) =>
        field.options.length > 0 ? (
          <Select
            key={field.name}
            label={field.label}
            value={of(field) || null}
            onChange={enter(field)}
            error={field.problem || null}
            items={field.options.map(({ value, label }) => ({ id: value, label }))}
          />
        ) : (
          <TextField
            key={field.name}
            label={field.label}
            value={of(field)}
            onChange={enter(field)}
            error={field.problem || null}
            required={field.required}
          />
        ),
      )}
      <div className={styles.replies}>
        {options.map(({ value, label }) => (
          <Button
            key={value}
            tone="primary"
            onPress={() =>
              onDo({ fill: Object.fromEntries(fields.map((field) => [field.name, of(field)])), tap: value })
            }
          >
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}

export function Reply({ told, phone, onDo }: ReplyProps) {
  const t = useT();
  const [text, setText] = useState("");
  const { awaited } = told;
  const open = told.ended === null;
  const card = awaited.fields.length > 0 && !phone;
  return (
    <div className={styles.reply}>
      {card ? <Card key={told.transcript.length} told={told} onDo={onDo} /> : null}
      {!phone && !card && awaited.options.length > 0 ? (
        <div className={styles.replies}>
          {awaited.options.map(({ value, label }) => (
            <Button key={value} onPress={() => onDo({ tap: value })}>
              {label}
            </Button>
          ))}
        </div>
      ) : null}
      {phone ? (
        <Keypad
          keys={awaited.options.length > 0 ? [1, 1] : awaited.keys}
          secret={awaited.secret}
          disabled={!open}
          onPress={(press) => onDo({ press })}
        />
      ) : null}
      <form
        className={styles.words}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === "" || !open) return;
          onDo({ say: text });
          setText("");
        }}
      >
        <TextField
          label={t(phone ? "simulator.speak" : "simulator.write")}
          labelHidden
          placeholder={t(phone ? "simulator.speak" : "simulator.write")}
          value={text}
          onChange={setText}
          type={awaited.secret ? "password" : "text"}
          autoComplete="off"
          disabled={!open}
          maxLength={4000}
        />
        <Button type="submit" isDisabled={!open || text.trim() === ""}>
          {t("simulator.send")}
        </Button>
      </form>
      <div className={styles.replies}>
        <Button tone="quiet" isDisabled={!open} onPress={() => onDo({ silent: true })}>
          {t("simulator.silent")}
        </Button>
        <Button tone="quiet" isDisabled={!open} onPress={() => onDo({ leave: true })}>
          {t(phone ? "simulator.hang_up" : "simulator.leave")}
        </Button>
      </div>
    </div>
  );
}
