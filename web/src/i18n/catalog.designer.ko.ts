/** The texts of the journey designer and what stands around it. */
export default import.meta.glob<Record<string, string>>(
  ["./ko/designer.json", "./ko/inspector.json", "./ko/simulator.json", "./ko/versions.json", "./ko/watch.json"],
  { eager: true, import: "default" },
);
