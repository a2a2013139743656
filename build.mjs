// Bundles static/src and static/img into static/dist: hashed names, a manifest, .br and .gz twins.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const source = join(root, "static/src");
const pictures = join(root, "static/img");
const target = join(root, "static/dist");
const TEXT = new Set([".css", ".js", ".svg"]);

/** Returns the bundled files as [path in dist, bytes] and fills the manifest. */
async function bundle(manifest) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { app: join(source, "js/app.js"), style: join(source, "css/app.css") },
    outdir: target,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    target: ["chrome111", "firefox115", "safari16.4"],
    entryNames: "[name].[hash]",
    assetNames: "fonts/[name].[hash]",
    loader: { ".woff2": "file" },
    legalComments: "none",
    logLevel: "warning",
  });
  const logical = (path, output) => {
    if (output.entryPoint) return `app${extname(path)}`;
    return `fonts/${basename(Object.keys(output.inputs)[0])}`;
  };
  return outputFiles.map((file) => {
    const path = file.path.slice(target.length + 1).replace(/^style\./, "app.");
    const output = metafile.outputs[file.path.slice(root.length + 1)];
    manifest[logical(path, output)] = path;
    return [path, Buffer.from(file.contents)];
  });
}

/** Returns the pictures under a name that carries their content's hash. */
async function hashPictures(manifest) {
  const files = [];
  for (const name of (await readdir(pictures)).sort()) {
    const bytes = await readFile(join(pictures, name));
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
    const ending = extname(name);
    const path = `img/${basename(name, ending)}.${hash}${ending}`;
    manifest[`img/${name}`] = path;
    files.push([path, bytes]);
  }
  return files;
}

/** Returns the letters of papers: typst reads neither WOFF nor one font with many weights. */
async function paperFonts() {
  const folder = join(root, "node_modules/@expo-google-fonts/source-sans-3");
  const names = ["400Regular/SourceSans3_400Regular.ttf", "700Bold/SourceSans3_700Bold.ttf"];
  return Promise.all(
    names.map(async (name) => [`papers/${basename(name)}`, await readFile(join(folder, name))]),
  );
}

/** Returns the compressed twins of a text file, for servers that hand them out as they are. */
function twins([path, bytes]) {
  if (!TEXT.has(extname(path))) return [];
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return [
    [`${path}.br`, brotliCompressSync(bytes, { params })],
    [`${path}.gz`, gzipSync(bytes, { level: 9 })],
  ];
}

const manifest = {};
const files = [...(await bundle(manifest)), ...(await hashPictures(manifest))];
const sorted = Object.fromEntries(Object.entries(manifest).sort());
const all = [...files, ...(await paperFonts()), ...files.flatMap(twins)];
all.push(["manifest.json", Buffer.from(`${JSON.stringify(sorted, null, 2)}\n`)]);

// The whole folder changes at once: a page that is served meanwhile never misses a file.
const fresh = `${target}.${process.pid}`;
for (const [path, bytes] of all) {
  await mkdir(dirname(join(fresh, path)), { recursive: true });
  await writeFile(join(fresh, path), bytes);
}
await rename(target, `${fresh}.old`).catch((error) => {
  if (error.code !== "ENOENT") throw error;
});
await rename(fresh, target);
await rm(`${fresh}.old`, { recursive: true, force: true });

for (const name of ["app.css", "app.js"]) {
  const path = manifest[name];
  const size = (ending) => all.find(([other]) => other === path + ending)[1].length;
  console.log(`${path}  ${size("")} bytes, ${size(".br")} as brotli`);
}
