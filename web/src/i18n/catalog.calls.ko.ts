/** The texts of calls: softphone, supervision, recordings. */
export default import.meta.glob<Record<string, string>>(["./ko/calls.json"], {
  eager: true,
  import: "default",
});
