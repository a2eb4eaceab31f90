/** What fields and choices are called, with a line of help each. */
import { plainWords } from "@/i18n/names";
import { lookup, t } from "@/i18n/t";
import type { Fault } from "./faults";
import type { Field, Shape } from "./schema";

function found(group: "field" | "help", shape: Shape | null, name: string): string | undefined {
  const own = shape?.kind ? lookup(`inspector.${group}.${shape.kind}.${name}`) : undefined;
  return own ?? lookup(`inspector.${group}.${name}`);
}

export function fieldName(shape: Shape | null, field: Field): string {
  return found("field", shape, field.name) ?? plainWords(field.name);
}

export function fieldHelp(shape: Shape | null, field: Field): string | undefined {
  return found("help", shape, field.name);
}

export function choiceName(field: string, choice: string): string {
  return lookup(`inspector.choice.${field}.${choice}`) ?? plainWords(choice);
}

export function faultText(fault: Fault | null): string | null {
  return fault && t(fault.key, fault.params);
}
