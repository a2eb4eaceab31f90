/** The texts of guides, step by step. */
export default import.meta.glob<Record<string, string>>(["./en/guides.json"], {
  eager: true,
  import: "default",
});
