/** The texts of lines to pick from, promised calls, and what a timeline tells beyond the words said. */
export default import.meta.glob<Record<string, string>>(
  ["./ja/lines.json", "./ja/callbacks.json", "./ja/timeline.json"],
  { eager: true, import: "default" },
);
