/** The texts of those who run the center: administration, journeys, reports, ledger. */
export default import.meta.glob<Record<string, string>>(
  ["./ja/admin.json", "./ja/journeys.json", "./ja/ledger.json", "./ja/reports.json"],
  { eager: true, import: "default" },
);
