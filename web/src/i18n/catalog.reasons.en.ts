/** The texts of the map of contact reasons. */
export default import.meta.glob<Record<string, string>>(["./en/reasons.json"], {
  eager: true,
  import: "default",
});
