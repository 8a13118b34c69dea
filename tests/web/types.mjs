// The types of the page, by the compiler. Run where its packages are: beside the bundle that the build made.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'), web = path.join(root, 'web');
const packages = [path.join(root, 'build/web/node_modules'), path.join(web, 'node_modules')].find((each) => existsSync(path.join(each, 'typescript')));
if (!packages) { console.error('typescript is not installed: build the page first'); process.exit(1); }
const folder = mkdtempSync(path.join(tmpdir(), 'cordon-types-'));
for (const name of ['src', 'shared', 'i18n', 'tsconfig.json', 'package.json']) symlinkSync(path.join(web, name), path.join(folder, name));
symlinkSync(packages, path.join(folder, 'node_modules'));
const done = spawnSync(process.execPath, [path.join(packages, 'typescript/bin/tsc'), '--noEmit', '--preserveSymlinks', '-p', folder], {encoding: 'utf8'});
rmSync(folder, {recursive: true});
process.stdout.write(done.stdout + done.stderr);
process.exit(done.status ?? 1);
