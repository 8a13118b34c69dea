// Hostile names: what a list or a ship could send to mislead or attack who reads it. The answers of the server are changed on
// their way, so that each place the page shows them in is met.
export const tests = [
  ['hostile names', async (t) => {
    const evil = '<img src=x onerror="window.hit=1">\u202eKCATTA\u202c a\u200bb';
    await t.page.route('**/api/v1/targets?*', async (route) => {
      const answer = await route.fetch(), body = await answer.json();
      body.targets.forEach((row) => { row.name = evil; row.headline = evil; });
      await route.fulfill({response: answer, json: body});
    });
    await t.page.route('**/api/v1/targets/*', async (route) => {
      const answer = await route.fetch(), body = await answer.json();
      body.identity.name = evil; body.headline = evil; body.unknown = [evil];
      await route.fulfill({response: answer, json: body});
    });
    await t.open('#/watch');
    await t.see('.table-row');
    t.is(await t.page.locator('.table-row').first().locator('.hidden-character').evaluateAll((all) => all.slice(0, 3).map((each) => each.textContent)), ['U+202E', 'U+202C', 'U+200B'], 'hidden characters are shown');
    const {targets: [first]} = await (await fetch(`${t.base}/api/v1/targets?limit=1`)).json();
    await t.open(`#/target/${first.id}`);
    await t.see('.chain section');
    t.ok((await t.page.locator('#unknown .hidden-character').count()) === 3, 'also in the dossier');
    t.is(await t.page.evaluate(() => [window.hit, document.querySelectorAll('img').length]), [null, 0], 'markup stays text');
    t.ok(!/[\u202a-\u202e\u200b]/.test(await t.page.evaluate(() => document.body.innerText + document.title)), 'no such character reaches the page');
  }],
];
