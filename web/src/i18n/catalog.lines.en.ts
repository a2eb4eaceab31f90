/** The texts of lines to pick from, promised calls, and what a timeline tells beyond the words said. */
export default import.meta.glob<Record<string, string>>(
  ["./en/lines.json", "./en/callbacks.json", "./en/timeline.json"],
  { eager: true, import: "default" },
);
