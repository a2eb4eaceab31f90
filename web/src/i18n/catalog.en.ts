/** All texts in one language, one chunk. */
export default import.meta.glob<Record<string, string>>("./en/*.json", { eager: true, import: "default" });
