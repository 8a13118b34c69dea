import {readFileSync} from 'node:fs';

export const tests = [
  ['posture', async (t) => {
    await t.open('#/posture?runs=200');
    await t.see('#posture-all');
    t.is(await t.page.locator('#posture-all tbody tr').count(), 5, 'five postures side by side');
    t.ok((await t.text('#posture-before')).includes('simulated years, not observations'), 'how weak the evidence is');
    for (const [part, least] of [['changes', 2], ['barrels', 5], ['calendar', 5], ['limits', 1], ['tornado', 1]]) t.ok((await t.page.locator(`#posture-${part} figure svg`).count()) >= least, `${part} is drawn`);
    t.ok((await t.page.locator('#posture-numbers tbody tr').count()) > 70, 'every number has its row');
    t.ok((await t.text('#posture-numbers')).includes('assumed:'), 'and its basis');
    // What the assumptions do to one posture.
    const title = await t.text('#posture-tornado h4');
    await t.page.locator('#posture-tornado select').first().selectOption('canada_alone');
    t.ok((await t.text('#posture-tornado h4')) !== title, 'another posture in the tornado');
    // Two only, against another.
    for (const name of ['Pause of spring 2020', 'More humanitarian channels', 'With the United States']) await t.page.getByRole('checkbox', {name}).click();
    await t.page.getByRole('checkbox', {name: 'Quick'}).click();
    t.ok(t.page.url().includes('postures=canada_alone%2Cwith_japan_and_partners') && t.page.url().includes('quick=1'), 'the question is in the address');
    await t.page.getByRole('button', {name: 'Compare', exact: true}).click();
    await t.until('two are left', async () => (await t.page.locator('#posture-all tbody tr').count()) === 2);
    t.is(await t.page.locator('#posture-tornado').count(), 0, 'quick: no tornado');
    const [file] = await Promise.all([t.page.waitForEvent('download'), t.page.getByRole('button', {name: 'Report'}).click()]);
    t.ok(readFileSync(await file.path(), 'utf8').includes('</html>'), 'the report');
  }],
  ['posture: own, French, light', async (t) => {
    await t.page.addInitScript(() => { localStorage.setItem('cordon.theme', 'light'); localStorage.setItem('cordon.language', 'fr-CA'); });
    const own = 'format = "cordon-posture/1"\nextends = "canada_alone"\nname = "<b>Mine</b>"\n';
    await t.open(`#/posture?runs=100&quick=1&postures=canada_alone&own=${encodeURIComponent(own)}`);
    await t.see('#posture-all');
    const text = await t.text('#posture-all');
    t.ok(text.includes('Le Canada seul') && text.includes('<b>Mine</b>'), 'names, the own one as text');
    t.ok((await t.text('#posture-before')).includes('années simulées'), 'in French');
    await t.page.evaluate(() => { localStorage.setItem('cordon.theme', 'dark'); localStorage.setItem('cordon.language', 'en'); });
  }],
  ['posture: what is wrong is said', async (t) => {
    await t.open(`#/posture?runs=100&quick=1&own=${encodeURIComponent('name = 5')}`);
    await t.see('.state.failed');
    t.ok((await t.text('.state.failed')).includes('scenarios[0]'), 'where it is wrong');
    t.expected('400');
  }],
];
