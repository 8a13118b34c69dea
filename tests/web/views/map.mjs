export const tests = [
  ['map', async (t) => {
    await t.open('#/map?lon=127&lat=37&z=4.5');
    await t.see('.chart-box canvas');
    await t.until('the map is drawn', async () => (await t.page.locator('.chart-wait').count()) === 0);
    const status = await (await fetch(`${t.base}/api/v1/status`)).json();
    t.ok((await t.text('.panel.left')).includes(`${status.events} events`), 'all events are in the filters');
    // Play, then look at one moment.
    const before = await t.text('.clock');
    await t.page.keyboard.press(' ');
    await t.until('the time runs', async () => (await t.text('.clock')) !== before);
    await t.page.keyboard.press(' ');
    // A vessel by name: its panel, its place in the address.
    const {targets: [first]} = await (await fetch(`${t.base}/api/v1/targets?limit=1`)).json();
    await t.page.locator('.panel.left input[type=search]').fill(first.name);
    await t.page.locator('.found button').first().click();
    await t.see('.panel.right');
    t.ok((await t.text('.panel.right')).includes(first.headline), 'why it is a target');
    t.ok(t.page.url().includes(`vessel=${first.mmsi[0]}`) || first.mmsi.some((each) => t.page.url().includes(`vessel=${each}`)), 'the vessel is in the address');
    await t.page.locator('.panel.left input[type=search]').fill('');
    await t.picture('map_vessel');
    await t.page.getByLabel('Close', {exact: true}).click();
  }],
  ['map: area', async (t) => {
    await t.open('#/map?lon=127&lat=37&z=4.5');
    await t.until('the map is drawn', async () => (await t.page.locator('.chart-wait').count()) === 0 && (await t.page.locator('.chart-box canvas').count()) > 0);
    await t.page.getByRole('button', {name: 'Draw an area'}).click();
    const box = await t.page.locator('.chart-box').boundingBox();
    for (const [x, y] of [[0.45, 0.3], [0.7, 0.3], [0.7, 0.75], [0.45, 0.75]]) { await t.page.mouse.click(box.x + box.width * x, box.y + box.height * y); await t.page.waitForTimeout(350); }
    await t.page.keyboard.press('Enter');
    await t.see('.sums');
    const heard = +(await t.text('.sums dd')).replace(/\D/g, '');
    t.ok(heard > 0 && heard < 200, `vessels in the area: ${heard}`);
    const [file] = await Promise.all([t.page.waitForEvent('download'), t.page.locator('.panel.right').getByRole('button', {name: 'GeoJSON'}).click()]);
    const {readFileSync} = await import('node:fs');
    t.is(JSON.parse(readFileSync(await file.path(), 'utf8')).type, 'FeatureCollection', 'the file');
    await t.page.evaluate(() => { document.querySelector('.panel.right').scrollTop = 0; });
  }],
  ['map: a dropped file', async (t) => {
    await t.open('#/map');
    await t.until('the map is drawn', async () => (await t.page.locator('.chart-wait').count()) === 0 && (await t.page.locator('.chart-box canvas').count()) > 0);
    const {readFileSync} = await import('node:fs'), {gzipSync} = await import('node:zlib');
    const feed = gzipSync(readFileSync(`${t.scenario}/feed.nmea`).subarray(0, 400_000));
    await t.drop('night.nmea.gz', feed);
    await t.see('.chart-note');
    t.ok((await t.text('.chart-note')).includes('night.nmea.gz'), 'the map says whose positions it shows');
    await t.until('its vessels are drawn', async () => /^[1-9][\d,]* vessels/.test(await t.text('.panel.left [role=status]')));
    await t.until('the map is drawn again', async () => (await t.page.locator('.chart-wait').count()) === 0);
    await t.picture('map_dropped');
    await t.page.getByRole('button', {name: 'Back to what is loaded'}).click();
    const status = await (await fetch(`${t.base}/api/v1/status`)).json();
    await t.until('what is loaded is back', async () => (await t.text('.panel.left')).includes(`${status.events} events`));
  }],
];
