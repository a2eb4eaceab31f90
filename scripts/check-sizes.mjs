/** Fails when a page would load more script than its budget; sizes are gzip at its strongest, 1 kB = 1,000 bytes. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const DIST = new URL("../src/warmline/web_dist/", import.meta.url).pathname;
const BUDGET_KB = { loader: 3, panel: 40, deskInitial: 170, deskRoute: 90 };

const problems = [];
const report = [];

function kilobytes(...files) {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length, 0) / 1000;
}

function check(name, kb, budgetKb) {
  report.push(`${kb <= budgetKb ? "ok  " : "OVER"}  ${name.padEnd(34)} ${kb.toFixed(1).padStart(6)} of ${budgetKb} kB`);
  if (kb > budgetKb) problems.push(name);
}

function need(file) {
  if (existsSync(join(DIST, file))) return true;
  problems.push(`${file} is not built; run npm run build in web/`);
  return false;
}

if (need("widget/loader.js")) check("widget loader", kilobytes("widget/loader.js"), BUDGET_KB.loader);
if (need("widget/panel.html")) {
  const scripts = readdirSync(join(DIST, "widget/assets")).filter((file) => file.endsWith(".js"));
  check("widget panel", kilobytes(...scripts.map((file) => `widget/assets/${file}`)), BUDGET_KB.panel);
}

if (need("desk/.vite/manifest.json")) {
  const manifest = JSON.parse(readFileSync(join(DIST, "desk/.vite/manifest.json"), "utf8"));
  /** A chunk's own file and everything it imports at once. */
  const closure = (key, seen = new Set()) => {
    const chunk = manifest[key];
    if (!chunk || seen.has(chunk.file)) return seen;
    if (chunk.file.endsWith(".js")) seen.add(chunk.file);
    for (const imported of chunk.imports ?? []) closure(imported, seen);
    return seen;
  };
  const entries = Object.keys(manifest).filter((key) => manifest[key].isEntry);
  const initial = new Set(entries.flatMap((key) => [...closure(key)]));
  check("desk, first load", kilobytes(...[...initial].map((file) => `desk/${file}`)), BUDGET_KB.deskInitial);
  for (const key of Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry)) {
    const own = [...closure(key)].filter((file) => !initial.has(file));
    if (own.length > 0) {
      const name = manifest[key].name ?? key;
      check(`desk, ${name}`, kilobytes(...own.map((file) => `desk/${file}`)), BUDGET_KB.deskRoute);
    }
  }
}

console.log(report.join("\n"));
if (problems.length > 0) {
  console.error(`\nOver budget or missing: ${problems.join(", ")}`);
  process.exit(1);
}
