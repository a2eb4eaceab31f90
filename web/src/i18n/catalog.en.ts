/** All texts in one language, one chunk; but those that come with their screens. */
export default import.meta.glob<Record<string, string>>(
  [
    "./en/*.json",
    "!./en/admin.json",
    "!./en/telephone.json",
    "!./en/journeys.json",
    "!./en/ledger.json",
    "!./en/reports.json",
    "!./en/staffing.json",
    "!./en/whatif.json",
    "!./en/lines.json",
    "!./en/callbacks.json",
    "!./en/timeline.json",
    "!./en/calls.json",
  ],
  { eager: true, import: "default" },
);
