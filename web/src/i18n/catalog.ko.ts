/** All texts in one language, one chunk. */
export default import.meta.glob<Record<string, string>>("./ko/*.json", { eager: true, import: "default" });
