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
  ['cases and ledger', async (t) => {
    await t.open('#/cases');
    await t.page.click('.desk-filter button.main');
    await t.page.fill('#new-case [name=title]', 'Silence off Nampo');
    await t.page.fill('#new-case [name=subject]', 'imo-9000001');
    await t.page.click('#new-case button.main');
    await t.see('.case header');
    await t.page.fill('.case form textarea', 'Asked the register.');
    await t.page.click('.case form button');
    await t.see('.notes li');
    await t.open('#/ledger');
    await t.see('.chain-state.whole');
    t.ok(/verified to entry \d/.test(await t.text('.chain-state')), 'the state of the chain is said');
  }],
];
