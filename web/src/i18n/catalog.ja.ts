/** All texts in one language, one chunk; but those that come with their screens. */
export default import.meta.glob<Record<string, string>>(
  [
    "./ja/*.json",
    "!./ja/admin.json",
    "!./ja/telephone.json",
    "!./ja/journeys.json",
    "!./ja/ledger.json",
    "!./ja/reports.json",
    "!./ja/staffing.json",
    "!./ja/whatif.json",
    "!./ja/lines.json",
    "!./ja/callbacks.json",
    "!./ja/timeline.json",
    "!./ja/calls.json",
  ],
  { eager: true, import: "default" },
);
