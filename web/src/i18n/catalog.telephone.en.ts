/** The texts of the telephone's administration. */
export default import.meta.glob<Record<string, string>>(["./en/telephone.json"], {
  eager: true,
  import: "default",
});
