/** All texts in one language, one chunk. */
export default import.meta.glob<Record<string, string>>("./ja/*.json", { eager: true, import: "default" });
