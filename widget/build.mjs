// Builds the one file that hosts load. `node build.mjs [FILE]`; the same sources and pins give the same bytes.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(await readFile(here("package.json"), "utf8"));

await build({
  entryPoints: [here("src/main.ts")],
  outfile: process.argv[2] ?? here("../assistant/api/static/widget/lsip.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome111", "firefox113", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  banner: { js: `/* LSIP Assistant widget ${version}, MIT licence */` },
  logLevel: "warning",
  plugins: [
    {
      // A style sheet is imported as its minified text, for an adopted style sheet.
      name: "sheet",
      setup(b) {
        b.onLoad({ filter: /\.css$/ }, async ({ path }) => {
          const text = await readFile(path, "utf8");
          const { code } = await b.esbuild.transform(text, {
            loader: "css",
            minify: true,
            target: ["chrome111", "firefox113", "safari16.4"],
          });
          return { contents: code, loader: "text" };
        });
      },
    },
  ],
});
