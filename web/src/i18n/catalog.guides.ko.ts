/** The texts of guides, step by step. */
export default import.meta.glob<Record<string, string>>(["./ko/guides.json"], {
  eager: true,
  import: "default",
});
