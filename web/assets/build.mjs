// Bundles our scripts and styles into ../static/dist, with a manifest from plain names to hashed ones
// and the licences of everything that ends up in a bundle. Run by hatch_build.py.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, "../static/dist");
const scripts = ["app", "diagram"];
const styles = ["app", "diagram"];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const bundled = await esbuild.build({
  absWorkingDir: here,
  entryPoints: scripts.map((name) => `${name}.js`),
  outdir: out,
  entryNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  legalComments: "none",
  metafile: true,
});

const manifest = {};
for (const [file, about] of Object.entries(bundled.metafile.outputs)) {
  if (about.entryPoint) manifest[about.entryPoint] = relative(out, resolve(here, file));
}

const inputs = new Set(Object.keys(bundled.metafile.inputs).map((path) => resolve(here, path)));
for (const name of styles) {
  const { css, loadedUrls } = sass.compile(join(here, `${name}.scss`), {
    style: "compressed",
    loadPaths: [here, join(here, "node_modules")],
    quietDeps: true,
  });
  const hash = createHash("sha256").update(css).digest("hex").slice(0, 8);
  manifest[`${name}.css`] = `${name}-${hash}.css`;
  writeFileSync(join(out, manifest[`${name}.css`]), css);
  loadedUrls.forEach((url) => inputs.add(fileURLToPath(url)));
}

for (const name of Object.values(manifest)) {
  writeFileSync(join(out, `${name}.gz`), gzipSync(readFileSync(join(out, name)), { level: 9 }));
}
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + "\n");
writeFileSync(join(out, "THIRD-PARTY-LICENSES.txt"), licences(inputs));

function licences(files) {
  const folders = new Set([...files].map(packageFolder).filter(Boolean));
  return [...folders].sort().map(notice).join("\n" + "-".repeat(100) + "\n\n");
}

function packageFolder(file) {
  const found = file.match(/^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/);
  return found && found[1];
}

function notice(folder) {
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const author = typeof about.author === "string" ? about.author : (about.author?.name ?? "its authors");
  const text = file
    ? readFileSync(join(folder, file), "utf8")
    : `The package ships no licence file. Its package.json says: ${about.license}. Copyright ${author}.\n`;
  return `${about.name} ${about.version} (${about.license ?? "see below"})\n\n${text.trim()}\n`;
}
