/** The texts of the journey designer and what stands around it. */
export default import.meta.glob<Record<string, string>>(
  ["./en/designer.json", "./en/inspector.json", "./en/simulator.json", "./en/versions.json", "./en/watch.json"],
  { eager: true, import: "default" },
);
