/** The texts of the journey designer and what stands around it. */
export default import.meta.glob<Record<string, string>>(
  ["./ja/designer.json", "./ja/inspector.json", "./ja/simulator.json", "./ja/versions.json", "./ja/watch.json"],
  { eager: true, import: "default" },
);
