/** The texts of guides, step by step. */
export default import.meta.glob<Record<string, string>>(["./ja/guides.json"], {
  eager: true,
  import: "default",
});
