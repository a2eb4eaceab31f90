/** Builds the customer's side: panel (a page), loader (one classic script), demo shop and demo telephone (pages). */

import { resolve } from "node:path";
import { build, defineConfig, type InlineConfig, type Plugin } from "vite";

const here = import.meta.dirname;
const dist = resolve(here, "../src/warmline/web_dist");
const target = ["chrome111", "safari16.4", "firefox114"];

/** A classic script without imports, as pages of other sites include it. */
function script(entry: string, name: string, file: string): InlineConfig {
  return {
    configFile: false,
    logLevel: "warn",
    build: {
      target,
      outDir: resolve(dist, "widget"),
      emptyOutDir: false,
      lib: { entry: resolve(here, entry), name, formats: ["iife"], fileName: () => file },
    },
  };
}

const loader = script("widget/loader/loader.ts", "WarmlineLoader", "loader.js");
const help = script("widget/help/help.ts", "WarmlineHelp", "help.js");
const helpPage = script("widget/help/page.ts", "WarmlineHelpPage", "help-page.js");

const shop: InlineConfig = {
  configFile: false,
  logLevel: "warn",
  root: resolve(here, "shop"),
  base: "/demo/shop/",
  build: {
    target,
    outDir: resolve(dist, "shop"),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ["index.html", "orders.html", "return.html"].map((page) => resolve(here, "shop", page)),
    },
  },
};

const phone: InlineConfig = {
  configFile: false,
  logLevel: "warn",
  root: resolve(here, "phone"),
  base: "/demo/phone/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target,
    outDir: resolve(dist, "phone"),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: resolve(here, "phone/index.html") },
  },
};

/** The loader must be one script without imports, so it cannot share a build with the panel. */
function thenBuild(...others: InlineConfig[]): Plugin {
  return {
    name: "then-build",
    apply: "build",
    closeBundle: {
      sequential: true,
      async handler() {
        for (const other of others) await build(other);
      },
    },
  };
}

export default defineConfig({
  root: resolve(here, "widget"),
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [thenBuild(loader, help, helpPage, shop, phone)],
  build: {
    target,
    outDir: resolve(dist, "widget"),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: resolve(here, "widget/panel.html") },
  },
});
