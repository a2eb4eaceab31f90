import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const LOCALES = new Set(["ko-KR", "ja-JP", "en-US"]);

/** React Aria ships its own words in 34 languages; the desk speaks three. */
function threeLanguagesOnly(): Plugin {
  return {
    name: "warmline-three-languages-only",
    enforce: "pre",
    load(id) {
      const locale = /react-(?:aria|stately)\/dist\/private\/intl\/[a-z]+\/([a-z]{2}-[A-Z]{2})\.mjs/.exec(id)?.[1];
      return locale && !LOCALES.has(locale) ? "export default {};" : undefined;
    },
  };
}

const backend = process.env.WARMLINE_BACKEND ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [threeLanguagesOnly(), react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "../src/warmline/web_dist/desk",
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What nearly every screen needs travels in a few files instead of fifty small ones. Only modules that
        // import none of the screens: a shared file must not wait for a file that waits for it.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: "icons", test: /node_modules\/lucide-react\// },
            {
              name: "base",
              test: /\/src\/(?:live|api|i18n\/(?!catalog|ko\/|ja\/|en\/)|app\/(?:Link|commands|demo|keys|notify|preferences|ring|router|session|shift|soon)\.)/,
            },
            { name: "react", test: /node_modules\/(?:react|react-dom|scheduler)\// },
          ],
        },
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": backend,
      "/widget": backend,
      "/ws": { target: backend.replace("http", "ws"), ws: true },
    },
  },
});
