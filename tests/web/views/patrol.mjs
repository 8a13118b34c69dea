import {readFileSync} from 'node:fs';

const drawn = (t) => t.until('the map is drawn', async () => (await t.page.locator('.chart-wait').count()) === 0 && (await t.page.locator('.chart-box canvas').count()) > 0);
export const tests = [
  ['patrol', async (t) => {
    await t.open('#/patrol?cell=20');
    await drawn(t);
    await t.page.getByLabel('Sorties').last().fill('2');
    await t.page.getByRole('button', {name: 'Plan the patrols'}).click();
    await t.see('.plan-panel');
    t.ok(t.page.url().includes('run=1') && t.page.url().includes('assets='), 'the question is in the address');
    // The chance, its bound and the search without a map, as the program has them.
    const share = async (at) => +(await t.page.locator('.plan-sums dd').nth(at).textContent()).replace(/[^\d.]/g, '');
    const [pos, bound, random] = [await share(0), await share(1), await share(2)];
    t.ok(pos > 0 && pos <= bound && random < pos, `${random} < ${pos} <= ${bound}`);
    t.is(await t.page.locator('.curve-plot path.planned').count(), 1, 'the curve');
    t.ok((await t.text('.plan-panel .before')).includes('are assumed'), 'what is assumed stands on the page');
    t.is(await t.page.locator('.sorties tbody tr').count(), 3, 'a frigate and two flights');
    // Figures of the assets with their sources.
    await t.page.locator('.figures summary').first().click();
    t.ok((await t.text('.figures[open] table')).includes('military-wiki.com'), 'sources');
    // A sortie by its sign and by the keyboard.
    await t.page.getByRole('button', {name: 'Show sortie A1'}).click();
    t.ok(t.page.url().includes('sortie=A1'), 'the sortie is in the address');
    await t.see('table.areas');
    await t.page.keyboard.press('j');
    await t.until('the next sortie', () => /sortie=B[12]/.test(t.page.url()));
    await t.page.getByRole('button', {name: /Fly it/}).click();
    await t.see('.checked .tag.green');
    await t.page.getByRole('button', {name: 'Best effort'}).click();
    t.ok(t.page.url().includes('show=effort'), 'what is shown is in the address');
    await t.page.getByRole('button', {name: 'Before', exact: true}).click();
    await t.page.keyboard.press('Escape');
    await t.page.locator('.plan-panel').evaluate((node) => { node.scrollTop = 0; });
  }],
  ['patrol: files, light', async (t) => {
    await t.page.addInitScript(() => localStorage.setItem('cordon.theme', 'light'));
    await t.open('#/patrol?cell=30&run=1&sortie=A1');
    await drawn(t);
    await t.see('table.areas');
    for (const [name, mark] of [['Tracks: GeoJSON', '"FeatureCollection"'], ['Tracks: GPX', '<gpx'], ['Tracks: KML', '</kml>'], ['Briefing for the crew', '</html>'], ['Plan: JSON', '"cordon_plan"'], ['Map: PNG', 'PNG']]) {
      await t.page.locator('.chart-tools summary').click();
      const [file] = await Promise.all([t.page.waitForEvent('download'), t.page.getByRole('button', {name}).click()]);
      t.ok(readFileSync(await file.path(), 'latin1').includes(mark), name);
      await t.page.locator('.chart-tools summary').click();
    }
    const first = await t.text('.plan-sums dd');
    await t.page.getByRole('button', {name: /Searched, nothing found/}).click();
    await t.until('the next week is planned', async () => (await t.text('.plan-sums dd')) !== first && (await t.page.locator('.plan-panel').count()) > 0);
    t.ok((await t.text('.parts')).length > 0, 'the map goes on');
    await t.page.addInitScript(() => localStorage.setItem('cordon.theme', 'dark'));
  }],
  ['patrol: what is wrong is said', async (t) => {
    await t.open(`#/patrol?toml=${encodeURIComponent('[[asset]]\nname = "X"\ntype = "submarine"\n')}`);
    await drawn(t);
    await t.page.getByRole('button', {name: 'Plan the patrols'}).click();
    await t.see('.plan-ask .state.failed');
    t.ok((await t.text('.plan-ask .state.failed')).includes('submarine'), 'the sentence names what was found');
    t.expected('400');
  }],
];
