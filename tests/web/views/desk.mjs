// The views that work on lists: Screen, Law, Permits, Cases, Ledger, Network. Each one's main path.
export const tests = [
  ['screen', async (t) => {
    await t.open('#/screen');
    await t.page.fill('#screen-names', 'name\tbirth_date\tcountry\nRi Hong Sop\t1940\tKP\nJohn Smith\t1980\tCA');
    await t.page.click('.ask-names button.main');
    await t.see('.sides');
    t.ok((await t.text('.tally')).includes('1 without a hit'), 'names without a hit are counted');
    t.ok((await t.text('.desk-main .never')).includes('not a clearance'), 'absence of a hit is no clearance');
    t.ok((await t.text('.sides .agrees')).includes('agrees'), 'what agrees is said');
    await t.page.check('.choices input >> nth=1');
    await t.page.fill('.decide textarea', 'Other year of birth in the passport.');
    await t.page.click('.decide button.main');
    await t.see('.decided');
    t.ok((await t.text('.decided')).includes('1 of 2'), 'one signature is not enough');
  }],
  ['law', async (t) => {
    await t.open(`#/law?facts=${encodeURIComponent(JSON.stringify({date: '2019-05-10', jurisdictions: ['UN', 'CA'], facts: {activity: 'acquire', direction: 'from_dprk', goods: 'coal'}}))}`);
    await t.see('.answer.restrictive');
    t.is(await t.page.locator('.answer .where').allTextContents(), ['UN', 'CA'], 'each jurisdiction answers');
    await t.page.click('.answer .rests-on a');
    await t.see('.provision h2');
  }],
  ['law: ask with the form, keys alone', async (t) => {
    await t.open('#/watch');
    await t.see('.table-row');
    const tabTo = async (what, holds) => { for (let i = 0; i < 60; i++) { if (await t.page.evaluate(holds)) return; await t.page.keyboard.press('Tab'); } t.fail(`Tab never reaches ${what}`); };
    await t.page.keyboard.press('g');
    await t.page.keyboard.press('l');
    await t.see('.ask-law');
    await t.page.evaluate(() => document.querySelector('.skip').focus());
    await t.page.keyboard.press('Enter');
    t.is(await t.page.evaluate(() => document.activeElement.id), 'main', 'the first link leads past the rail');
    await tabTo('the activity', () => document.activeElement.tagName === 'SELECT');
    await t.page.keyboard.type('supply');
    await t.page.keyboard.press('Tab');
    await t.page.keyboard.type('to the');
    await tabTo('the goods', () => document.activeElement.matches('.broad input'));
    await t.page.keyboard.type('crude oil');
    await tabTo('the button', () => document.activeElement.matches('.ask-law button.main'));
    await t.page.keyboard.press('Enter');
    await t.see('.answer');
    t.is(await t.page.locator('.answer .where').allTextContents(), ['UN', 'CA'], 'each jurisdiction answers');
    t.ok((await t.page.locator('.rests-on a').count()) > 0, 'the answer rests on provisions');
    const asked = JSON.parse(new URLSearchParams(new URL(t.page.url()).hash.split('?')[1]).get('facts'));
    t.is([asked.facts.activity, asked.facts.goods], ['supply', 'crude oil'], 'the question is in the address');
  }],
  ['network: expand and fold', async (t) => {
    const {targets} = await (await fetch(`${t.base}/api/v1/targets?limit=50`)).json();
    const owned = targets.find((each) => each.headline.includes('owned by'));
    await t.open(`#/network/${owned.id}?hops=1`);
    const ties = async () => +/([\d,]+) ties?/.exec(await t.page.locator('.graph').getAttribute('aria-label'))?.[1].replace(/,/g, '');
    await t.until('the first ties are drawn', async () => (await ties()) > 0);
    const before = await ties(), party = () => t.text('.desk-side h3');
    const first = await party();
    // The owner, chosen from the side as a person would, then opened. The side still moves while its answers come in, so that a
    // click may miss: it is made again until the owner is what the side tells of.
    await t.until('the owner is chosen', async () => {
      if (await party() !== first) return true;
      await t.page.locator('.desk-side .ties .strong').last().click();
      return false;
    });
    await t.page.keyboard.press('x');
    await t.until('more ties are drawn', async () => (await ties()) > before);
    await t.page.keyboard.press('t');
    await t.see('.table-row');
    await t.page.keyboard.press('t');
    await t.see('.graph canvas');
    const [file] = await Promise.all([t.page.waitForEvent('download'), (async () => { await t.page.locator('.drop-menu summary').click(); await t.page.getByRole('link', {name: 'GEXF'}).click(); })()]);
    const {readFileSync} = await import('node:fs');
    t.ok(readFileSync(await file.path(), 'utf8').includes('<gexf'), 'the file for other tools');
  }],
  ['network', async (t) => {
    const {targets} = await (await fetch(`${t.base}/api/v1/targets?limit=50`)).json();
    const owned = targets.find((each) => each.headline.includes('owned by'));
    await t.open(`#/network/${owned.id}`);
    await t.see('.way[aria-pressed=true]');
    const steps = await t.page.locator('.steps > li').count();
    t.ok(steps > 1, 'the way to the listed party has its steps');
    await t.until('every tie of the way is drawn red', async () => (await t.text('.key-list li:has(.red)')).endsWith(String(steps)));
    t.ok((await t.text('.rules')).includes('blocked'), 'the verdict by rule is told');
    t.is(await t.page.locator('.bars li').count() > 0, true, 'ownership by jurisdiction is told');
    await t.page.click('.ways .way');
    t.is(await t.page.locator('.steps').count(), 0, 'a way can be put away');
  }],
  ['dropped list and ownership', async (t) => {
    await t.open('#/watch');
    await t.see('.table-row');
    await t.drop('mine.json', ['Kim <b>Test', '\u202eevil'].map((name, i) => JSON.stringify({id: `x-${i}`, schema: 'Person', caption: name, properties: {name: [name], birthDate: ['1960'], country: ['kp']}, datasets: ['x'], target: true})).join('\n'));
    await t.see('.dropped .table-row');
    t.ok((await t.text('.dropped .pairs')).includes('2'), 'its entries are counted');
    t.ok((await t.text('.dropped .table-row >> nth=0')).includes('Kim <b>Test'), 'a name is text');
    const listed = (await (await fetch(`${t.base}/search/default?q=kim&limit=1`)).json()).results[0].id;
    await t.drop('owners.csv', `owner,owned,pct\n${listed},alpha,60\nalpha,beta,55\n`);
    await t.see('.dropped .tag.red');
    t.ok((await t.text('.dropped .fill-table')).includes('beta'), 'what a listed party owns is told, at two removes');
    await t.picture('network_dropped');
    await t.page.getByRole('link', {name: 'To the network'}).click();
    t.is(await t.page.locator('.dropped').count(), 0, 'the network is back');
  }],
  ['ledger', async (t) => {
    await t.open('#/ledger');
    await t.page.evaluate(async () => {
      const {csrf} = await (await fetch('api/v1/session')).json();
      await fetch('api/v1/cases', {method: 'POST', headers: {'Content-Type': 'application/json', 'X-CSRF-Token': csrf}, body: JSON.stringify({title: 'One entry', subject: {type: 'other', id: 'x'}})});
    });
    await t.page.reload();
    await t.see('.chain-state.whole');
    t.ok(/verified to entry \d/.test(await t.text('.chain-state')), 'the state of the chain is said');
    await t.see('.table-row');
    await t.page.locator('.table-row').first().click();
    // A server without a key signs nothing, and says so.
    await t.page.locator('.drop-menu summary').click();
    await t.page.getByRole('button', {name: 'CSV', exact: true}).first().click();
    await t.see('text=--ledger-key');
    t.expected('409');
    // More entries than are asked for at once, and a link to the first of them.
    const entries = await t.page.evaluate(async () => {
      const {csrf} = await (await fetch('api/v1/session')).json(), headers = {'Content-Type': 'application/json', 'X-CSRF-Token': csrf};
      const made = await (await fetch('api/v1/cases', {method: 'POST', headers, body: JSON.stringify({title: 'Many notes', subject: {type: 'other', id: 'y'}})})).json();
      for (let i = 0; i < 1010; i += 101) await Promise.all(Array.from({length: 101}, (_, j) => fetch(`api/v1/cases/${made.id}/notes`, {method: 'POST', headers, body: JSON.stringify({text: `note ${i + j}`})})));
      return (await (await fetch('api/v1/ledger?limit=1')).json()).total;
    });
    t.ok(entries > 1010, `${entries} entries`);
    await t.open('#/ledger/1');
    await t.page.reload();
    await t.see('.desk-side .hash');
    t.ok((await t.text('.desk-side h3')).startsWith('#1 '), 'a link opens an entry that is not in the list yet');
    await t.page.getByRole('button', {name: /older$/}).click();
    await t.until('all entries are there', async () => (await t.page.getByRole('button', {name: /older$/}).count()) === 0);
    t.ok((await t.text('.desk-side')).includes('previous') || (await t.page.locator('.desk-side .hash').count()) === 2, 'an entry shows its hash and the one before');
  }],
];
