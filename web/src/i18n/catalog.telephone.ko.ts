/** The texts of the telephone's administration. */
export default import.meta.glob<Record<string, string>>(["./ko/telephone.json"], {
  eager: true,
  import: "default",
});
