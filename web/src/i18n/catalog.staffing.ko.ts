/** The texts of the staffing screens. */
export default import.meta.glob<Record<string, string>>(["./ko/staffing.json", "./ko/whatif.json"], {
  eager: true,
  import: "default",
});
