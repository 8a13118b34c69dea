// What takes two people: a request for an exemption, and a decision on a name. ana is an analyst, ben may approve.
import {readFileSync} from 'node:fs';

const ITEM = {description: 'Wheelchair, folding', quantity: '240', unit: 'pieces', hs: '8713.10', value: 'USD 31,200', supplier: 'Pacific Mobility Ltd', ship_date: '2027-02-15'};
const read = async (download) => readFileSync(await (await download).path(), 'utf8');

/** Fills each field of a request by what kind of field it is, as a person would. */
async function fill(page, kind, leave) {
  for (const field of kind.fields) {
    const at = page.locator(`[id="field-${field.id}"]`);
    if (field.mandatory !== 'yes' || leave.includes(field.id)) continue;
    if (field.type === 'table') {
      const table = page.locator(`.entry[aria-labelledby="field-${field.id}-label"]`);
      await table.getByRole('button', {name: 'Add a row'}).click();
      for (const column of field.columns) await table.getByLabel(`${column.label} 1`, {exact: true}).fill(ITEM[column.id] ?? 'steel frame');
    } else if (field.type === 'choice') await at.selectOption({index: 1});
    else if (field.type === 'flag') await at.selectOption('true');
    else await at.fill({email: 'dana.field@example.org', date: '2027-02-15', list: 'Northern Relief Society\nPacific Mobility Ltd'}[field.type] ?? `Said for ${field.id.replace(/_/g, ' ')}, 15 February 2027.`);
  }
}

export const tests = [
  ['permits: a request, two people', async (t) => {
    const ana = await t.as('ana', '#/permits');
    await ana.locator('.kinds a').filter({hasText: 'UN-IAN7'}).click();
    const {kinds} = await ana.evaluate(async () => (await fetch('api/v1/permits/kinds')).json());
    await fill(ana, kinds.find((each) => each.id === 'UN-IAN7'), ['monitoring']);
    await ana.getByRole('button', {name: 'Open the request'}).click();
    await ana.locator('.step-list').waitFor();
    const id = await ana.locator('.pane-head h2').textContent();
    t.ok(/diversion/i.test(await ana.locator('.checklist').textContent()), `the checklist names what is missing: ${await ana.locator('.checklist').textContent()}`);
    await ana.locator('.tabs a').filter({hasText: 'Request'}).click();
    await ana.locator('#field-monitoring').fill('Each chair carries a number; staff visit after 30, 90 and 180 days.');
    await ana.locator('form.request button.main').click();
    await ana.locator('.tabs a').filter({hasText: 'Steps'}).click();
    await ana.getByText('Nothing is missing').waitFor();
    t.ok((await ana.locator('.step-list .next').first().textContent()).includes('drafted'), 'who drafted may not approve');

    const ben = await t.as('ben', `#/permits/${id}`);
    await ben.getByRole('button', {name: 'Approve'}).click();
    await ben.locator('.step-list .done').first().waitFor();
    t.ok((await ben.locator('.step-list .done').first().textContent()).includes('ben'), 'who approved is told');
    const record = async (date, outcome, number) => {
      const next = ben.locator('.step-list .next .act').first();
      await next.locator('[name=date]').fill(date);
      if (outcome) await next.locator('[name=outcome]').selectOption(outcome);
      await next.locator('[name=reference]').fill('S/AC.49/2026/NOTE.1');
      await next.locator('button.main').click();
      await ben.locator('.step-list .done').nth(number - 1).waitFor();
    };
    await record('2026-11-20', '', 2);
    await record('2026-11-23', {index: 1}, 3);
    await ben.locator('.clocks li').first().waitFor();
    t.ok(/\d{4}-\d\d-\d\d/.test(await ben.locator('.clocks li').first().textContent()), 'a clock runs to a day');
    await ben.locator('.tabs a').filter({hasText: 'Draft'}).click();
    await ben.locator('pre.letter').waitFor();
    t.ok((await ben.locator('pre.letter').textContent()).includes('240'), 'the draft carries what was asked for');
    const [json] = await Promise.all([ben.waitForEvent('download'), ben.getByRole('link', {name: 'JSON'}).click()]);
    t.ok(JSON.parse(await read(json)), 'the draft as a file');
    await ben.goto(ben.url().replace(/#.*/, `#/permits/${id}`));
    await ben.locator('.step-list').waitFor();
  }],
  ['screen: a decision by two', async (t) => {
    const ana = await t.as('ana', '#/screen?q=Ri+Hong+Sop');
    await ana.locator('.choices input').first().check();
    await ana.fill('.decide textarea', 'Same name and year of birth.');
    await ana.click('.decide button.main');
    await ana.locator('.decided').waitFor();
    t.ok(!(await ana.getByRole('button', {name: /^Confirm/}).count()), 'who proposed is not asked to confirm');
    const ben = await t.as('ben', '#/screen?q=Ri+Hong+Sop');
    await ben.getByRole('button', {name: /^Confirm/}).click();
    await ben.getByText(/Confirmed by ben/i).first().waitFor();
    await ben.locator('.decide h3 a').click();
    await ben.locator('.signatures').waitFor();
    const signed = await ben.locator('.signatures').textContent();
    t.ok(signed.includes('ana') && signed.includes('ben'), `both names stand under the decision: ${signed}`);
  }],
  ['cases: note, file, export with proof', async (t) => {
    const ana = await t.as('ana', '#/cases');
    await ana.keyboard.press('n');
    await ana.fill('#new-case [name=title]', 'Silence off Nampo');
    await ana.fill('#new-case [name=subject]', 'imo-9000001');
    await ana.click('#new-case button.main');
    await ana.locator('.case header').waitFor();
    await ana.fill('.case form textarea', 'Asked the register.');
    await ana.click('.case form button');
    await ana.locator('.notes li').waitFor();
    await ana.locator('.case input[type=file]').setInputFiles({name: 'register.txt', mimeType: 'text/plain', buffer: Buffer.from('Owner since 2019: Example Shipping')});
    await ana.locator('.files a').waitFor();
    const [file] = await Promise.all([ana.waitForEvent('download'), ana.locator('.files a').click()]);
    t.is(await read(file), 'Owner since 2019: Example Shipping', 'the attached file comes back');
    await ana.getByRole('link', {name: 'In the ledger'}).click();
    await ana.locator('.chain-state.whole').waitFor();
    await ana.locator('.table-row').first().waitFor();
    t.ok(await ana.locator('.table-row').count() >= 3, 'each act is an entry');
    await ana.locator('.drop-menu summary').click();
    const [copy] = await Promise.all([ana.waitForEvent('download'), ana.getByRole('button', {name: 'JSON', exact: true}).click()]);
    const ledger = await read(copy);
    t.ok(ledger.includes('Silence off Nampo') && /signature|"key"/.test(ledger), 'the copy carries its entries and its signature');
  }],
];
