export const tests = [
  ['target', async (t) => {
    const {targets} = await (await fetch(`${t.base}/api/v1/targets?limit=20`)).json();
    let chosen;
    for (const row of targets) { const dossier = await (await fetch(`${t.base}/api/v1/targets/${row.id}`)).json(); if (dossier.chains.length && dossier.chains[0].verdicts.length && dossier.law.length) { chosen = dossier; break; } }
    t.ok(chosen, 'the scenario has an owner chain');
    await t.open(`#/target/${chosen.id}`);
    await t.see('.chain section');
    t.is(await t.page.locator('.chain section').count(), 5, 'pieces of the chain of evidence');
    t.ok((await t.text('.chain .listed')).includes(chosen.chains[0].listed.caption || chosen.chains[0].listed.name), 'the listed party');
    t.ok((await t.page.locator('.owner-graph .edge').count()) >= chosen.chains[0].steps.length, 'each step of the chain is an arrow');
    for (const basis of chosen.law[0].basis.slice(0, 3)) t.ok((await t.text('#law')).includes(basis.citation), `the citation ${basis.citation}`);
    t.is(await t.page.locator('#unknown li').count(), chosen.unknown.length, 'what is not known');
    t.is(await t.page.locator('#events tbody tr').count(), chosen.events.length, 'events');
    t.ok(/judged at \d{4}-\d\d-\d\d; law data of \d{4}/.test(await t.text('#law')), 'the versions of the law');
    await t.page.locator('.time .mark').first().press('Enter');
    await t.until('a mark opens its event', async () => (await t.page.locator('#events details[open]').count()) === 1);
    await t.page.emulateMedia({media: 'print'});
    t.ok(!(await t.page.locator('.rail').isVisible()) && (await t.page.locator('#unknown').isVisible()), 'the print has the dossier and not the frame');
    await t.page.emulateMedia({media: 'screen'});
    await t.page.evaluate(() => { document.getElementById('main').scrollTop = 0; });
  }],
  ['target that is not there', async (t) => {
    await t.open('#/target/imo-0000000');
    await t.see('.state.failed');
    t.expected('404');
  }],
];
