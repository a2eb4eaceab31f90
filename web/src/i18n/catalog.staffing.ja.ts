/** The texts of the staffing screens. */
export default import.meta.glob<Record<string, string>>(["./ja/staffing.json", "./ja/whatif.json"], {
  eager: true,
  import: "default",
});
