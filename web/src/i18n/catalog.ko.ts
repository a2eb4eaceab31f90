/** All texts in one language, one chunk; but those that come with their screens. */
export default import.meta.glob<Record<string, string>>(
  ["./ko/*.json", "!./ko/staffing.json", "!./ko/whatif.json"],
  { eager: true, import: "default" },
);
