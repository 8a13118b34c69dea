export const tests = [
  ['watch', async (t) => {
    await t.open('#/watch');
    await t.see('.table-row');
    const all = await (await fetch(`${t.base}/api/v1/targets?limit=10000`)).json();
    t.ok((await t.text('.watch-sum')).includes(`${all.total} targets`), 'the number of targets stands at the head');
    t.ok((await t.text('.table-row')).includes(all.targets[0].name), 'the first row is the first target');
    await t.page.keyboard.press('j');
    await t.until('the first row is chosen', async () => (await t.page.url()).includes(`at=${all.targets[0].id}`));
    await t.page.keyboard.press('j');
    await t.until('the second row is chosen', async () => (await t.page.url()).includes(`at=${all.targets[1].id}`));
    await t.page.keyboard.press('/');
    await t.page.keyboard.type(all.targets[2].name);
    const name = all.targets[2].name.toLowerCase();
    const named = all.targets.filter((row) => `${row.name} ${row.imo ?? ''} ${row.mmsi.join(' ')} ${row.headline}`.toLowerCase().includes(name)).length;
    await t.until('the search leaves who bears or mentions the name', async () => (await t.page.locator('.table-row').count()) === named);
    await t.page.keyboard.press('Escape');
    await t.page.keyboard.press('Escape');
    await t.until('Escape clears the search', async () => (await t.page.locator('.table-row').count()) > 5);
    await t.page.getByLabel(/encounter/).check();
    const met = all.targets.filter((row) => row.types.includes('encounter')).length;
    await t.until('the facet counts', async () => (await t.text('.watch-sum')).includes(`${met} targets`));
    const [file] = await Promise.all([t.page.waitForEvent('download'), t.page.getByRole('button', {name: 'CSV'}).click()]);
    const {readFileSync} = await import('node:fs');
    t.is(readFileSync(await file.path(), 'utf8').trim().split('\r\n').length, met + 1, 'rows of the CSV file');
  }],
  ['watch in French, light', async (t) => {
    await t.open('#/watch');
    await t.see('.table-row');
    await t.page.getByLabel('Language').selectOption('fr-CA');
    await t.until('French words', async () => (await t.text('.watch-sum h2')) === 'Cibles classées');
    await t.page.getByRole('button', {name: 'Couleurs claires'}).click();
    t.is(await t.page.evaluate(() => document.documentElement.lang + document.documentElement.dataset.theme), 'fr-CAlight', 'language and theme');
    await t.page.evaluate(() => localStorage.clear());
  }],
  ['keys', async (t) => {
    await t.open('#/watch');
    await t.see('.table-row');
    await t.page.keyboard.press('?');
    await t.see('dialog[open]');
    t.ok((await t.text('dialog')).includes('Next in the list'), 'the keys of the view are shown');
    await t.page.keyboard.press('Escape');
    await t.page.keyboard.press('g');
    await t.page.keyboard.press('m');
    await t.until('g m opens the map', async () => t.page.url().includes('#/map'));
    await t.page.goBack();
    await t.see('.table-row');
  }],
];
