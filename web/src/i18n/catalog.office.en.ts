/** The texts of those who run the center: administration, journeys, reports, ledger. */
export default import.meta.glob<Record<string, string>>(
  ["./en/admin.json", "./en/journeys.json", "./en/ledger.json", "./en/reports.json"],
  { eager: true, import: "default" },
);
