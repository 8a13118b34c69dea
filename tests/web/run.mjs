// The page in a real browser, against the real server on a simulated scenario.
//   node tests/web/run.mjs PROGRAM [--only NAME] [--keep]      exits 77 (skipped) where a browser or Node package is missing
// Each file of tests/web/views exports tests: [name, async (t) => {...}]. After each test: no error on the console, no request
// but to the server, no breach of WCAG A and AA found by axe-core (every rule in the theme shown, contrast in the other one, too),
// and a picture in build/web/screens. t.as(NAME) is a page of another person, on a server of its own that has users.
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url)), root = path.resolve(here, '../..'), work = path.join(root, 'build/web');
const skip = (why) => { console.log(`skipped: ${why}`); process.exit(77); };
const program = process.argv[2] && path.resolve(process.argv[2]);
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : '';
if (!program || !existsSync(program)) { console.error('usage: node tests/web/run.mjs PROGRAM [--only NAME]'); process.exit(2); }
const browserPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((each) => each && existsSync(each));
if (!browserPath) skip('no Chromium (script/setup --web installs it)');
const require = createRequire(path.join(existsSync(path.join(work, 'node_modules/playwright-core')) ? work : path.join(root, 'web'), 'x.js'));
let chromium, axe;
try { ({chromium} = require('playwright-core')); axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'); } catch { skip('playwright-core or axe-core is not installed (the build of the page does)'); }

const folder = mkdtempSync(path.join(tmpdir(), 'cordon-web-'));
const screens = path.join(work, 'screens');
mkdirSync(screens, {recursive: true});
const scenario = path.join(folder, 'scenario');
const made = spawnSync(program, ['simulate', '--seed', '2', '--output', scenario], {encoding: 'utf8'});
if (made.status !== 0) { console.error(made.stderr); process.exit(1); }
const servers = [];
/** The address of a new server with these arguments, and a ledger of its own. */
function serve(name, ...values) {
  const server = spawn(program, ['serve', ...values, '--ledger', path.join(folder, `${name}.db`), '--listen', '127.0.0.1:0'], {stdio: ['ignore', 'ignore', 'pipe']});
  servers.push(server);
  let said = '';
  return new Promise((done, gaveUp) => {
    server.stderr.on('data', (bytes) => { said += bytes; const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said); if (found) done(found[0]); });
    server.on('exit', () => gaveUp(new Error(`the server ended: ${said}`)));
  });
}
let browser, failed = 0, ran = 0;
const base = await serve('alone', path.join(scenario, 'feed.nmea'), '--registry', path.join(scenario, 'registry.csv'), '--ownership', path.join(scenario, 'ownership.ftm.json'));
const PEOPLE = {ana: 'analyst', ben: 'approver'}, PASSWORD = 'correct horse battery';
let team;
const teamServer = () => (team ??= (async () => {
  const users = path.join(folder, 'users');
  for (const [name, role] of Object.entries(PEOPLE)) {
    const added = spawnSync(program, ['serve', 'user', 'add', name, '--role', role, '--users', users], {encoding: 'utf8', input: `${PASSWORD}\n`});
    if (added.status !== 0) throw new Error(added.stderr);
  }
  const key = path.join(folder, 'key'), made = spawnSync(program, ['ledger', 'key', key], {encoding: 'utf8'});
  if (made.status !== 0) throw new Error(made.stderr);
  return serve('team', '--users', users, '--ledger-key', key);
})());

const fail = (what) => { throw new Error(what); };
try {
  const front = await fetch(base + '/');
  if (front.status === 404) skip('this program was built without the page');
  browser = await chromium.launch({executablePath: browserPath, args: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--no-sandbox']});
  const contexts = new Map();
  const contextOf = async (origin, name = '') => {
    const key = `${origin} ${name}`;
    if (!contexts.has(key)) {
      const made = await browser.newContext({viewport: {width: 1440, height: 900}, acceptDownloads: true, reducedMotion: 'reduce', locale: 'en-CA'});
      await made.grantPermissions(['clipboard-read', 'clipboard-write'], {origin}).catch(() => {});
      contexts.set(key, made);
    }
    return contexts.get(key);
  };
  const newPage = async (origin, name, wrong) => {
    const page = await (await contextOf(origin, name)).newPage();
    page.setDefaultTimeout(60000);
    page.on('pageerror', (error) => wrong.push(`error: ${error.stack}`));
    page.on('console', (message) => { if (message.type() === 'error') wrong.push(`console: ${message.text()}`); });
    page.on('request', (request) => { if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin) wrong.push(`asked elsewhere: ${request.url()}`); });
    return page;
  };
  for (const file of readdirSync(path.join(here, 'views')).sort()) {
    const {tests} = await import(pathToFileURL(path.join(here, 'views', file)).href);
    for (const [name, test] of tests) {
      if (only && !name.startsWith(only)) continue;
      const began = Date.now(), wrong = [], page = await newPage(base, '', wrong), others = [];
      const t = {
        page, base, scenario, folder, fail,
        open: (hash) => page.goto(`${base}/${hash}`),
        see: (selector, options) => page.locator(selector).first().waitFor(options),
        text: async (selector) => (await page.locator(selector).first().textContent()) ?? '',
        is: (got, expected, what) => { if (JSON.stringify(got) !== JSON.stringify(expected)) fail(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`); },
        ok: (holds, what) => { if (!holds) fail(what); },
        until: async (what, holds, limit = 60000) => { for (const end = Date.now() + limit; ; ) { if (await holds()) return; if (Date.now() > end) fail(`never: ${what}`); await page.waitForTimeout(80); } },
        drop: (name, bytes) => page.evaluate(([file, text]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], file));
          for (const type of ['dragenter', 'drop']) window.dispatchEvent(new DragEvent(type, {dataTransfer: data, cancelable: true}));
        }, [name, Buffer.from(bytes).toString('base64')]),
        /** A page of this person, logged in, open at an address of the server with users. */
        as: async (name, hash) => {
          const origin = await teamServer(), other = await newPage(origin, name, wrong);
          others.push(other);
          await other.goto(`${origin}/${hash}`);
          await other.locator('.login, .rail ~ main > :not(.state)').first().waitFor();
          if (await other.locator('.login').count()) { await other.fill('.login [name=name]', name); await other.fill('.login [name=password]', PASSWORD); await other.click('.login button'); await other.locator('.login').waitFor({state: 'detached'}); }
          return other;
        },
        picture: (as, which = page) => which.screenshot({path: path.join(screens, `${as}.png`)}),
        expected: (part) => { for (let i = wrong.length; i--; ) if (wrong[i].includes(part)) wrong.splice(i, 1); },
        accessible: async (which = page) => {
          await which.evaluate(axe);
          for (const runOnly of [['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], {type: 'rule', values: ['color-contrast']}]) {
            const {violations} = await which.evaluate((only) => window.axe.run(document, {runOnly: only}), runOnly);
            const shown = await which.evaluate(() => { const {dataset} = document.documentElement, was = dataset.theme; dataset.theme = was === 'dark' ? 'light' : 'dark'; return was; });
            for (const each of violations) wrong.push(`axe ${each.id} (${shown}): ${each.help}: ${each.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
          }
        },
      };
      try {
        await test(t);
        await t.picture(name.replace(/\W+/g, '_'), others.at(-1));
        if (page.url() !== 'about:blank') await t.accessible();
        for (const other of others) await t.accessible(other);
      } catch (error) { wrong.push(error.stack ?? String(error)); await t.picture(`failed_${name.replace(/\W+/g, '_')}`, others.at(-1)).catch(() => {}); }
      for (const each of [page, ...others]) await each.close();
      ran++;
      if (wrong.length) failed++;
      console.log(`${wrong.length ? 'FAILED' : 'ok    '} ${name} (${Date.now() - began} ms)`);
      wrong.forEach((line) => console.log(`       ${line}`));
    }
  }
} finally {
  await browser?.close();
  for (const server of servers) { server.removeAllListeners('exit'); server.kill(); }
  if (!process.argv.includes('--keep')) rmSync(folder, {recursive: true, force: true});
}
if (!ran) { console.error('no test ran'); process.exit(1); }
process.exit(failed ? 1 : 0);
