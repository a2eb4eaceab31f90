/** The texts of the map of contact reasons. */
export default import.meta.glob<Record<string, string>>(["./ko/reasons.json"], {
  eager: true,
  import: "default",
});
