/** The texts of the staffing screens. */
export default import.meta.glob<Record<string, string>>(["./en/staffing.json", "./en/whatif.json"], {
  eager: true,
  import: "default",
});
