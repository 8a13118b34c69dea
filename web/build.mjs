// Bundles the page into one folder: index.html, hashed assets, the basemap, and a .gz beside each file that shrinks.
// Same inputs, same bytes. Runs on Node 18 and later.  node build.mjs --out DIR [--packages node_modules]
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {gzipSync} from 'node:zlib';

const here = path.dirname(fileURLToPath(import.meta.url));
const {values} = parseArgs({options: {out: {type: 'string'}, packages: {type: 'string', default: path.join(here, 'node_modules')}}});
if (!values.out) throw new Error('build.mjs: --out DIR is missing');
const out = path.resolve(values.out), packages = path.resolve(values.packages);
const require = createRequire(path.join(packages, 'build.mjs'));
const esbuild = require('esbuild');
const {basemap} = await import('./basemap.mjs');

const result = await esbuild.build({
  entryPoints: {
    main: path.join(here, 'src/main.tsx'),
    style: path.join(here, 'styles/page.css'),
  },
  outdir: out, write: false, bundle: true, splitting: true, format: 'esm', minify: true, target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
  jsx: 'automatic', jsxImportSource: 'preact', metafile: true, legalComments: 'none', logLevel: 'warning',
  entryNames: 'assets/[name]-[hash]', chunkNames: 'assets/[name]-[hash]', nodePaths: [packages], absWorkingDir: here,
  define: {'process.env.NODE_ENV': '"production"'},
});

const hashed = (name, bytes) => {
  const {name: stem, ext} = path.parse(name);
  return `assets/${stem}-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}${ext}`;
};
const files = new Map(result.outputFiles.map((file) => [path.relative(out, file.path), Buffer.from(file.contents)]));
const entry = (stem, ext) => [...files.keys()].find((name) => name.startsWith(`assets/${stem}-`) && name.endsWith(ext));
const map = basemap(require);
const mapName = hashed('world.bin', map);
files.set(mapName, map);
// MapLibre's worker goes in as it comes: packed once more it starts and never answers.
const worker = Buffer.from(readFileSync(path.join(packages, 'maplibre-gl/dist/maplibre-gl-worker.mjs'), 'utf8').replace(/\n\/\/# sourceMappingURL=.*/, ''));
const workerName = hashed('worker.js', worker);
files.set(workerName, worker);
const icon = readFileSync(path.join(here, 'icon.svg'));
const iconName = hashed('icon.svg', icon);
files.set(iconName, icon);
// Entries the bundle needs to know by name stand in the page as <meta>: no script may stand there.
const page = readFileSync(path.join(here, 'index.html'), 'utf8')
  .replace('@MAIN@', entry('main', '.js')).replace('@STYLE@', entry('style', '.css'))
  .replace('@WORKER@', workerName).replace('@WORLD@', mapName).replace('@ICON@', iconName);
files.set('index.html', Buffer.from(page));

rmSync(out, {recursive: true, force: true});
mkdirSync(path.join(out, 'assets'), {recursive: true});
let packed = 0;
for (const [name, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const gz = gzipSync(bytes, {level: 9});
  gz[9] = 255;  // the byte that names the operating system
  writeFileSync(path.join(out, name), bytes);
  if (gz.length < bytes.length * 0.95) writeFileSync(path.join(out, name + '.gz'), gz);
  packed += Math.min(gz.length, bytes.length);
  console.log(`${String(bytes.length).padStart(9)} ${String(gz.length).padStart(8)} gz  ${name}`);
}
console.log(`${' '.repeat(10)}${String(packed).padStart(8)} gz  in all`);
if (packed > 900_000) throw new Error(`the page is ${packed} bytes gzipped; its limit is 900000`);
