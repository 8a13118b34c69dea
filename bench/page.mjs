// What the page costs in a headless Chromium that draws without a graphics card (SwiftShader).
//   node bench/page.mjs PROGRAM [--only moving|parse|graph|table] [--seconds 6] [--json]
// Needs what the build of the page brings (build/web). A small relay stands before the server: it answers with made-up
// positions, targets and a made-up network of the size asked for, everything else is the program's own.
//   moving  CPU time of the renderer and GPU processes, from /proc, by frames in which the million points were drawn
//   parse   the bytes of GET /positions to columns, median of 9, the first (cold) beside it
//   graph   from the change of the address to the first drawn frame; the server's share (layout and JSON) beside it
//   table   100,000 rows: rows in the document at most, longest task of the page's thread while it is scrolled
// Prints one line a measure: name, value, unit, bound, and whether it holds. Exits 1 where a bound is broken.
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const {values: options, positionals} = parseArgs({allowPositionals: true, options: {only: {type: 'string', default: ''}, seconds: {type: 'string', default: '6'}, json: {type: 'boolean', default: false}}});
const program = positionals[0] && path.resolve(positionals[0]);
if (!program || !existsSync(program)) { console.error('usage: node bench/page.mjs PROGRAM [--only moving|parse|graph|table] [--seconds 6] [--json]'); process.exit(2); }
const require = createRequire(path.join(root, 'build/web/x.js'));
const {chromium} = require('playwright-core'), esbuild = require('esbuild');
const folder = mkdtempSync(path.join(tmpdir(), 'cordon-page-bench-'));
const wanted = (name) => !options.only || options.only.split(',').includes(name);

// ---- what the relay answers with -----------------------------------------------------------------------------------------
function random(seed) { return () => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return seed / 2 ** 32; }; }
/** The form of GET /positions: `vessels` ships, each with `reports` an hour apart at sea between 20 and 50 N, 110 and 150 E. */
function positions(vessels, reports) {
  const rows = vessels * reports, next = random(7), pad = (n) => Math.ceil(n / 8) * 8;
  const words = Buffer.from('[' + Array.from({length: vessels}, (_, v) => `{"mmsi":${200000000 + v},"imo":null,"name":"V${v}","flag":"pa","type":"cargo","target":null}`).join(',') + ']');
  let at = 24;
  const place = (size, count) => { at = pad(at); const here = at; at += size * count; return here; };
  const offsets = {time: place(8, rows), lat: place(4, rows), lon: place(4, rows), sog: place(4, rows), cog: place(4, rows), vessel: place(4, rows), mmsi: place(4, vessels), first: place(4, vessels)};
  at = pad(at);
  const bytes = new ArrayBuffer(at + 4 + words.length), view = new DataView(bytes), all = Buffer.from(bytes);
  all.write('CRDN', 0, 'latin1'); view.setUint32(4, 1, true); view.setUint32(8, rows, true); view.setUint32(12, vessels, true); view.setFloat64(16, 1.7e9, true);
  const time = new Float64Array(bytes, offsets.time, rows), [lat, lon, sog, cog] = ['lat', 'lon', 'sog', 'cog'].map((name) => new Float32Array(bytes, offsets[name], rows));
  const vessel = new Uint32Array(bytes, offsets.vessel, rows), mmsi = new Uint32Array(bytes, offsets.mmsi, vessels), first = new Uint32Array(bytes, offsets.first, vessels);
  for (let v = 0, row = 0; v < vessels; v++) {
    mmsi[v] = 200000000 + v; first[v] = row;
    let y = 20 + 30 * next(), x = 110 + 40 * next(), t = 0;
    const way = next() * 360, speed = 4 + 12 * next();
    for (let i = 0; i < reports; i++, row++) {
      time[row] = t; lat[row] = y; lon[row] = x; sog[row] = speed; cog[row] = way; vessel[row] = v;
      t += 3600; y += (speed / 60) * Math.cos((way * Math.PI) / 180); x += (speed / 60) * Math.sin((way * Math.PI) / 180);
    }
  }
  view.setUint32(at, words.length, true); words.copy(all, at + 4);
  return all;
}
const targets = (count) => JSON.stringify({total: count, targets: Array.from({length: count}, (_, i) => ({rank: i + 1, id: `imo-${9000000 + i}`, score: 100 - i / count * 90, headline: `A meeting of ${i} minutes off Nampo, then a silence of ${i % 40} hours`, name: `VESSEL ${i}`, imo: 9000000 + i,
  mmsi: [200000000 + i], flag: ['pa', 'kp', 'sl', 'tz'][i % 4], lat: 38, lon: 124, last: '2024-02-05T10:00:00Z', listed: i % 50 === 0, dprk: i % 70 === 0, types: [['encounter', 'gap', 'loitering'][i % 3]]}))});
/** One listed party at the head of `count` companies, each owned by one of those before it: a tree of few hops, as FtM. */
function network(count) {
  const next = random(11), lines = [{id: 'root', schema: 'Company', properties: {name: ['Root Holding'], country: ['kp']}}];
  for (let i = 1; i < count; i++) {
    const hop = i < 10 ? 0 : i < 200 ? 1 : i < 3000 ? 10 : 200, span = i < 10 ? 1 : i < 200 ? 9 : i < 3000 ? 190 : 2800, owner = i < 10 ? 'root' : `c${hop + Math.floor(next() * span) || 1}`;
    lines.push({id: `c${i}`, schema: 'Company', properties: {name: [`Company ${i} Limited`], country: [['kp', 'cn', 'hk', 'sg'][i % 4]]}});
    lines.push({id: `o${i}`, schema: 'Ownership', properties: {owner: [owner], asset: [`c${i}`], percentage: [String(20 + Math.floor(next() * 80))]}});
  }
  return lines.map((line) => JSON.stringify(line)).join('\n') + '\n';
}

// ---- the server, the relay, the browser ----------------------------------------------------------------------------------
const scenario = path.join(folder, 'scenario');
const made = spawnSync(program, ['simulate', '--seed', '2', '--vessels', '120', '--output', scenario], {encoding: 'utf8'});
if (made.status !== 0) { console.error(made.stderr); process.exit(1); }
writeFileSync(path.join(folder, 'network.ftm.json'), network(10000));
const server = spawn(program, ['serve', path.join(scenario, 'feed.nmea'), '--ownership', path.join(folder, 'network.ftm.json'), '--ledger', path.join(folder, 'ledger.db'), '--listen', '127.0.0.1:0'], {stdio: ['ignore', 'ignore', 'pipe']});
let said = '';
const origin = await new Promise((done, gaveUp) => {
  server.stderr.on('data', (bytes) => { said += bytes; const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said); if (found) done(found[0]); });
  server.on('exit', () => gaveUp(new Error(`the server ended: ${said}`)));
});
const answers = new Map(), behind = new URL(origin);
const relay = http.createServer((request, response) => {
  const mine = answers.get(request.url.split('?')[0]);
  if (mine) { response.writeHead(200, {'Content-Type': mine.type, 'Content-Length': mine.body.length, 'X-Cordon-Every': '1'}); response.end(mine.body); return; }
  request.pipe(http.request({host: behind.hostname, port: behind.port, method: request.method, path: request.url, headers: {...request.headers, host: behind.host, ...(request.headers.origin && {origin})}}, (answer) => { response.writeHead(answer.statusCode, answer.headers); answer.pipe(response); })
    .on('error', () => response.destroy()));
});
await new Promise((done) => relay.listen(0, '127.0.0.1', done));
const base = `http://127.0.0.1:${relay.address().port}`;
const bundled = await esbuild.build({entryPoints: [path.join(root, 'web/src/map/columns.ts')], bundle: true, format: 'esm', write: false});
answers.set('/bench/columns.js', {type: 'text/javascript', body: Buffer.from(bundled.outputFiles[0].contents)});

const browserPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((each) => each && existsSync(each));
const host = await chromium.launchServer({executablePath: browserPath, args: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--no-sandbox']});
const browser = await chromium.connect(host.wsEndpoint());

/** User and system time, in ms, of the browser's processes that draw: renderers and GPU. */
const TICK_MS = 1000 / Number(spawnSync('getconf', ['CLK_TCK'], {encoding: 'utf8'}).stdout || 100);
function drawingCpu() {
  const parent = new Map(), spent = new Map();
  for (const each of readdirSync('/proc')) {
    if (!/^\d+$/.test(each)) continue;
    try {
      const fields = readFileSync(`/proc/${each}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ');
      parent.set(each, fields[1]);
      const command = readFileSync(`/proc/${each}/cmdline`, 'latin1');
      if (/--type=(renderer|gpu-process)/.test(command)) spent.set(each, (+fields[11] + +fields[12]) * TICK_MS);
    } catch { /* ended meanwhile */ }
  }
  const top = String(host.process().pid), ours = (pid) => { for (let at = pid; at && at !== '1' && at !== '0'; at = parent.get(at)) if (at === top) return true; return false; };
  return [...spent].reduce((sum, [pid, ms]) => (ours(pid) ? sum + ms : sum), 0);
}
/** Counts the frames in which more than `least` vertices were drawn at once, and the longest task of the page. */
const watched = () => {
  const count = (name, at) => {
    const before = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...values) {
      if (values[at] >= (window.benchLeast ?? 1)) window.benchDraws = (window.benchDraws ?? 0) + 1;
      return before.apply(this, values);
    };
  };
  count('drawArrays', 2); count('drawArraysInstanced', 3);
  // Crowds are drawn into a picture where there is no graphics card (web/src/map/crowd.ts).
  const picture = WebGL2RenderingContext.prototype.texSubImage2D;
  WebGL2RenderingContext.prototype.texSubImage2D = function (...values) {
    if (values[4] > this.drawingBufferWidth) window.benchDraws = (window.benchDraws ?? 0) + 1;
    return picture.apply(this, values);
  };
  window.benchFrames = 0; window.benchDraws = 0; window.benchTasks = [];
  let seen = 0;
  const frame = () => { if (window.benchDraws !== seen) { seen = window.benchDraws; window.benchFrames++; window.benchFirst ??= performance.now(); } requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => { for (const each of list.getEntries()) window.benchTasks.push(Math.round(each.duration)); }).observe({entryTypes: ['longtask']});
};
async function fresh() {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}, locale: 'en-CA'}), page = await context.newPage();
  page.setDefaultTimeout(120000);
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  await page.addInitScript(watched);
  return page;
}

// ---- the measures --------------------------------------------------------------------------------------------------------
const results = [];
const say = (name, value, unit, bound = null) => { results.push({name, value, unit, bound, holds: bound === null || value <= bound}); if (!options.json) console.log(`${name.padEnd(62)} ${String(Math.round(value * 10) / 10).padStart(8)} ${unit}${bound === null ? '' : `   <= ${bound} ${value <= bound ? 'holds' : 'MISSED'}`}`); };

async function moving(name, vessels, reports, search, bound) {
  answers.set('/api/v1/positions', {type: 'application/octet-stream', body: positions(vessels, reports)});
  const page = await fresh();
  await page.addInitScript((least) => { window.benchLeast = least; }, vessels / 2);
  await page.goto(`${base}/#/map?lon=130&lat=35&z=4&at=2023-11-14T22:20:00Z${search}`);
  await page.waitForFunction(() => document.querySelector('.chart-box canvas') && window.benchFrames > 1);
  await page.waitForTimeout(1500);
  await page.keyboard.press(' ');
  await page.waitForTimeout(1000);
  const frames = () => page.evaluate(() => window.benchFrames);
  const before = drawingCpu(), from = await frames(), began = Date.now();
  await page.waitForTimeout(+options.seconds * 1000);
  const cpu = drawingCpu() - before, drawn = (await frames()) - from, wall = Date.now() - began;
  await page.context().close();
  answers.delete('/api/v1/positions');
  if (!drawn) throw new Error(`${name}: no frame was drawn`);
  say(`${name}: CPU a frame (${drawn} frames in ${(wall / 1000).toFixed(1)} s)`, cpu / drawn, 'ms', bound);
}

try {
  if (wanted('parse')) {
    answers.set('/bench/positions', {type: 'application/octet-stream', body: positions(20000, 50)});
    const page = await fresh();
    await page.goto(`${base}/#/law`);
    const [times, bins] = await page.evaluate(async () => {
      const {readColumns, histogram} = await import('/bench/columns.js'), bytes = await (await fetch('/bench/positions')).arrayBuffer(), all = [], more = [];
      for (let i = 0; i < 9; i++) { const began = performance.now(); const columns = readColumns(bytes); all.push(performance.now() - began); if (columns.rows !== 1_000_000) throw new Error('rows'); const again = performance.now(); histogram(columns, 240); more.push(performance.now() - again); }
      return [all, more];
    });
    const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
    say('1,000,000 positions of 20,000 vessels parsed, first', times[0], 'ms', 50);
    say('1,000,000 positions of 20,000 vessels parsed, median of 9', median(times), 'ms', 50);
    say('  and counted by time for the time bar, median of 9', median(bins), 'ms');
    await page.context().close();
    answers.delete('/bench/positions');
  }
  if (wanted('moving')) {
    await moving('1,000,000 positions of 20,000 vessels, trails', 20000, 50, '', 500);
    await moving('1,000,000 positions of 20,000 vessels', 20000, 50, '&trail=0', 500);
    // More vessels than transmit on Earth, all in sight at once: what the layer comes to.
    await moving('1,000,000 vessels in sight, 2,000,000 positions', 1000000, 2, '&trail=0', 500);
  }
  if (wanted('graph')) {
    const asked = [], drawn = [];
    let nodes = 0;
    for (let turn = 0; turn < 3; turn++) {
      const page = await fresh();
      await page.addInitScript(() => { window.benchLeast = 10000; });
      const began = performance.now(), answer = await (await fetch(`${origin}/api/v1/network/expand?id=root&hops=4&limit=20000`)).json();
      asked.push(performance.now() - began);
      nodes = answer.nodes.length;
      await page.goto(`${base}/#/watch`);
      await page.waitForSelector('.rail');
      await page.waitForTimeout(800);
      drawn.push(await page.evaluate(() => new Promise((done) => {
        const from = performance.now();
        window.benchFirst = undefined; window.benchDraws = 0;
        location.hash = '#/network/root?hops=4';
        const look = () => { if (document.querySelector('.graph canvas') && window.benchDraws) requestAnimationFrame(() => done(performance.now() - from)); else requestAnimationFrame(look); };
        look();
      })));
      await page.context().close();
    }
    const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
    say(`network of ${nodes} parties, from the address to drawn, median of 3`, median(drawn), 'ms', 2000);
    say('  of it the server (parts, layout, JSON), asked alone', median(asked), 'ms');
  }
  if (wanted('table')) {
    answers.set('/api/v1/targets', {type: 'application/json', body: Buffer.from(targets(100000))});
    const page = await fresh();
    await page.goto(`${base}/#/watch`);
    await page.waitForSelector('.table-row');
    await page.waitForTimeout(2000);
    const box = await page.locator('.table-box').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.evaluate(() => {
      window.benchTasks.length = 0; window.benchRows = 0; window.benchTicks = [];
      let before = performance.now();
      const frame = (now) => { window.benchTicks.push(now - before); before = now; window.benchRows = Math.max(window.benchRows, document.querySelectorAll('.table-row').length); window.benchStop || requestAnimationFrame(frame); };
      requestAnimationFrame(frame);
    });
    const cpu = drawingCpu();
    for (let i = 0; i < 120; i++) { await page.mouse.wheel(0, i % 3 ? 400 : 4000); await page.waitForTimeout(16); }
    await page.evaluate(() => { const node = document.querySelector('.table-box'); node.scrollTop = node.scrollHeight / 2; });
    await page.waitForTimeout(300);
    const [rows, tasks, ticks, top] = await page.evaluate(() => { window.benchStop = true; return [window.benchRows, window.benchTasks, window.benchTicks, document.querySelector('.table-box').scrollTop]; });
    if (top < 1e6) throw new Error('the table did not scroll');
    say('table of 100,000 rows: rows in the document, most', rows, 'rows', 60);
    say('  longest task while scrolled', Math.max(0, ...tasks), 'ms', 50);
    say(`  CPU a frame while scrolled (${ticks.length} frames)`, (drawingCpu() - cpu) / ticks.length, 'ms');
    await page.evaluate(() => { window.benchTasks.length = 0; });
    await page.locator('.table-head button').nth(1).click();
    await page.waitForTimeout(1500);
    say('  sorted by name: longest task', await page.evaluate(() => Math.max(0, ...window.benchTasks)), 'ms');
    await page.context().close();
    answers.delete('/api/v1/targets');
  }
} finally {
  await browser.close().catch(() => {});
  await host.close().catch(() => {});
  relay.closeAllConnections(); relay.close();
  server.removeAllListeners('exit'); server.kill();
  rmSync(folder, {recursive: true, force: true});
}
if (options.json) console.log(JSON.stringify(results, null, 1));
process.exit(results.some((each) => !each.holds) ? 1 : 0);
