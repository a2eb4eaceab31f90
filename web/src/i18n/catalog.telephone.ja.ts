/** The texts of the telephone's administration. */
export default import.meta.glob<Record<string, string>>(["./ja/telephone.json"], {
  eager: true,
  import: "default",
});
