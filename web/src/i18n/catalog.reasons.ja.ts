/** The texts of the map of contact reasons. */
export default import.meta.glob<Record<string, string>>(["./ja/reasons.json"], {
  eager: true,
  import: "default",
});
