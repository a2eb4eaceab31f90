/** Why a prompt was not saved: at which text, in which words, and in which conversation. */
import type { ApiError } from "@/api/client";

export interface Trouble {
  /** `texts.ko`, or empty for all. */
  field: string;
  text: string;
  /** The conversation that the text would break, line by line. */
  report: string;
}

export function troubleOf(error: ApiError): Trouble {
  const { field, reason, report } = error.details;
  const told = typeof reason === "string" ? `${error.message} (${reason})` : `${error.message} ${error.fix}`;
  return {
    field: typeof field === "string" ? field : "",
    text: told,
    report: typeof report === "string" ? report : "",
  };
}
