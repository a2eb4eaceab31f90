/** What a document may hold, field by field, as `GET /api/journeys/schema` tells it; filling fields in. Pure. */
import type { Json } from "../seams";

export type FieldKind =
  | "prompt"
  | "prompt_list"
  | "block"
  | "sections"
  | "variable"
  | "var"
  | "value"
  | "operand"
  | "condition"
  | "conditions"
  | "input"
  | "options"
  | "fields"
  | "queue"
  | "calendar"
  | "task"
  | "journey"
  | "module"
  | "section"
  | "intent"
  | "slot"
  | "skills"
  | "args"
  | "names"
  | "choice"
  | "text"
  | "pattern"
  | "region"
  | "seconds"
  | "count"
  | "number"
  | "boolean";

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** It may be null. */
  readonly optional: boolean;
  /** What it holds when left out; of a required one, what something new begins with. */
  readonly default: Json;
  readonly choices: readonly string[];
  readonly least: number | null;
  readonly most: number | null;
}

export interface Shape {
  readonly kind: string;
  /** The field its kind stands in; empty: it has none. */
  readonly tag: string;
  /** Fields that hold their default are not written. */
  readonly leaves_out: boolean;
  readonly fields: readonly Field[];
}

export interface Schema {
  readonly steps: readonly Shape[];
  readonly inputs: readonly Shape[];
  readonly conditions: readonly Shape[];
  readonly values: readonly Shape[];
  readonly option: Shape;
  readonly entry: Shape;
  readonly journey: Shape;
}

/** A part of a document: a step, an option, an input, a condition. */
export type Part = Readonly<Record<string, Json>>;

export function isPart(value: Json | undefined): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function shapeOf(shapes: readonly Shape[], part: Part): Shape | undefined {
  return shapes.find(({ tag, kind }) => part[tag] === kind);
}

/** What a field holds, its default where it is left out. */
export function heldBy(part: Part, field: Field): Json {
  return part[field.name] ?? (field.name in part ? null : field.default);
}

function same(one: Json, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The part with one field filled in; what holds its default again is left out, as the document is written. */
export function filled<P extends Part>(shape: Shape, part: P, field: Field, value: Json): P {
  const { [field.name]: _before, ...rest } = part;
  if (shape.leaves_out && !field.required && same(value, field.default)) return rest as P;
  // The order of fields stays as it was, so that a change of one is a change of one line.
  return (field.name in part ? { ...part, [field.name]: value } : { ...rest, [field.name]: value }) as P;
}

/** A new part with nothing filled in. */
export function fresh(shape: Shape): Part {
  const fields = shape.leaves_out ? shape.fields.filter(({ required }) => required) : shape.fields;
  const held = Object.fromEntries(fields.map((field) => [field.name, field.default]));
  return shape.tag ? { [shape.tag]: shape.kind, ...held } : held;
}

/** Another kind of the same sort, with what both know kept: a longest text stays when digits are wanted. */
export function turnedInto(shape: Shape, before: Part): Part {
  let next = fresh(shape);
  for (const field of shape.fields) {
    const held = before[field.name];
    if (held !== undefined) next = filled(shape, next, field, held);
  }
  return next;
}
