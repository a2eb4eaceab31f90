/** All texts in one language, one chunk; but those that come with their screens. */
export default import.meta.glob<Record<string, string>>(
  [
    "./ko/*.json",
    "!./ko/admin.json",
    "!./ko/telephone.json",
    "!./ko/journeys.json",
    "!./ko/ledger.json",
    "!./ko/reports.json",
    "!./ko/staffing.json",
    "!./ko/whatif.json",
    "!./ko/lines.json",
    "!./ko/callbacks.json",
    "!./ko/timeline.json",
    "!./ko/calls.json",
  ],
  { eager: true, import: "default" },
);
