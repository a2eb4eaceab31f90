/** The texts of those who run the center: administration, journeys, reports, ledger. */
export default import.meta.glob<Record<string, string>>(
  ["./ko/admin.json", "./ko/journeys.json", "./ko/ledger.json", "./ko/reports.json"],
  { eager: true, import: "default" },
);
