/** Which keyboard and field suit what the bot asks for. */

interface FieldAttributes {
  type: "text" | "password" | "date" | "tel" | "email";
  inputmode: "numeric" | "decimal" | "tel" | "email" | "text";
  autocomplete: string;
}

/** Fields with one line; every other kind is answered in the free text box. */
export const FIELDS: Record<string, FieldAttributes> = {
  digits: { type: "text", inputmode: "numeric", autocomplete: "off" },
  number: { type: "text", inputmode: "decimal", autocomplete: "off" },
  secret: { type: "password", inputmode: "numeric", autocomplete: "one-time-code" },
  date: { type: "date", inputmode: "numeric", autocomplete: "off" },
  phone: { type: "tel", inputmode: "tel", autocomplete: "tel" },
  email: { type: "email", inputmode: "email", autocomplete: "email" },
  order_number: { type: "text", inputmode: "text", autocomplete: "off" },
};
