/** All texts in one language, one chunk; but those that come with their screens. */
export default import.meta.glob<Record<string, string>>(
  ["./ja/*.json", "!./ja/staffing.json", "!./ja/whatif.json"],
  { eager: true, import: "default" },
);
