/** The texts of calls: softphone, supervision, recordings. */
export default import.meta.glob<Record<string, string>>(["./ja/calls.json"], {
  eager: true,
  import: "default",
});
