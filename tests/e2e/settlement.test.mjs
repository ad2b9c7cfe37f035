// Months pass by the sandbox's clock: what each comes to agrees with its orders, a refund after closing is deducted later,
// the files have the same, the operator says that it was paid.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { Member, setToDay, signInAs } from './support/account.mjs';
import { launch, open, runs, shows, visit } from './support/browser.mjs';
import { SIZES, accessible } from './support/buying.mjs';
import { fulfilled } from './support/fulfilled.mjs';
import { Market } from './support/market.mjs';

const VENDOR = '陈建国';
const SUPPORT = '赵敏';
const OPERATOR = '周磊';
const AUDITOR = '孙悦';

let market;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

async function begin(page, name, path) {
  await open(page, `/sign-in?next=${encodeURIComponent(path)}`);
  await signInAs(page, name);
  if (new URL(page.url()).pathname !== path) await open(page, path);
}
const follow = async (page, link) => {
  await link.click();
  await runs(page);
};
const rows = (page) => page.getByRole('table').getByRole('row').filter({ has: page.getByRole('rowheader') });
/** The row of a month. */
const of = (page, { name }) => rows(page).filter({ has: page.getByRole('rowheader', { name, exact: true }) });
const button = (page, name) => page.getByRole('button', { name, exact: true });
/** The file behind a link, as text in this encoding. */
async function downloaded(page, name, encoding) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return { name: download.suggestedFilename(), content: await readFile(await download.path(), encoding) };
}
/** A month such as 2026-12, and its name, so many after another. */
function later(month, count) {
  const [year, number] = month.split('-').map(Number);
  const date = new Date(Date.UTC(year, number - 1 + count, 1));
  const [y, m] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return { code: `${y}-${String(m).padStart(2, '0')}`, name: `${y}年${m}月` };
}

for (const [size, options] of Object.entries(SIZES)) {
  test(`on ${size}: a month closes, is paid, and a refund after that is deducted from the next`, async () => {
    market = await Market.open();
    try {
      const [buyer, isv] = await Promise.all(['demo-buyer-admin', 'demo-isv-owner'].map((account) => Member.of(market, account)));
      const { settlements: [{ month: now }] } = await isv.get('/api/settlements');
      const [month, next, last] = [1, 2, 3].map((count) => later(now, count));
      await visit(browser, market, options, async (vendor) => {
        await begin(vendor, VENDOR, '/console/settlements');
        await setToDay(vendor, `${month.code}-28`);
        const ids = [await fulfilled(market), await fulfilled(market)];
        await open(vendor, '/console/settlements?state=open');
        const open_ = of(vendor, month);
        await shows(open_, /未结账[\s\S]*¥832\.00/);
        await accessible(vendor, 'an open month');
        await follow(vendor, open_.getByRole('link'));
        await shows(vendor.locator('#standing'), /尚未结账/);
        assert.equal(await rows(vendor).count(), 2);
        for (const id of ids) await shows(rows(vendor).filter({ hasText: id }), /¥416\.00/);

        await setToDay(vendor, `${next.code}-02`);
        await shows(vendor.locator('#standing'), /平台应在 .*23:59 前向贵公司支付 ¥832\.00。$/);
        await accessible(vendor, 'a closed month');
        const csv = await downloaded(vendor, /CSV/, 'utf8');
        assert.equal(csv.name, `settlement-${month.code}.csv`);
        for (const part of [...ids, '应付金额,,,,,832.00']) assert.ok(csv.content.includes(part), `${part}\n${csv.content}`);
        const xlsx = await downloaded(vendor, /XLSX/);
        assert.equal(xlsx.content.subarray(0, 2).toString(), 'PK');
        const page = vendor.url();

        // After closing: the closed month stays as it is.
        const refund = await buyer.post(`/api/orders/${ids[1]}/refund`, { reason: '不再需要' });
        await isv.post(`/api/refunds/${refund.id}/approve`);
        await open(vendor, '/console/settlements');
        await shows(of(vendor, next), /未结账[\s\S]*−¥416\.00[\s\S]*¥0\.00/);
        await shows(of(vendor, month), /待付款[\s\S]*¥832\.00/);

        await visit(browser, market, options, async (operator) => {
          await begin(operator, OPERATOR, '/console/settlements');
          await accessible(operator, 'the months of all vendors');
          await button(operator, '已结账').click();
          await follow(operator, of(operator, month).getByRole('link'));
          await operator.getByRole('button', { name: /^登记已付/ }).click();
          assert.equal(await operator.getByLabel('付款流水号').getAttribute('aria-invalid'), 'true');
          await operator.getByLabel('付款流水号').fill('ICBC-20270105-001');
          await accessible(operator, 'a month to be paid');
          await button(operator, '登记已付 ¥832.00').dblclick();
          await shows(operator.locator('#standing'), /向服务商支付 ¥832\.00，付款流水号 ICBC-20270105-001。$/);
        });
        // However many pages there are, the one that is open is seen among them.
        await open(vendor, '/console/notices?lang=en');
        const seen = vendor.getByRole('navigation', { name: 'My account' }).locator('[aria-current]');
        assert.ok(await seen.evaluate((it) => it.getBoundingClientRect().right <= innerWidth), 'the open page is seen');
        await open(vendor, '/console/notices?lang=zh');
        const told = vendor.getByRole('main').getByRole('listitem').filter({ hasText: 'ICBC-20270105-001' });
        await shows(told, new RegExp(`${month.code} 结算款 ¥832\\.00 已付款`));
        await follow(vendor, told.getByRole('link'));
        await shows(of(vendor, month), /已付款[\s\S]*¥832\.00/);

        await setToDay(vendor, `${last.code}-02`);
        await shows(of(vendor, next), /已结账，无应付[\s\S]*¥416\.00 结转次月扣除/);
        await fulfilled(market);
        await fulfilled(market);
        await open(vendor, '/console/settlements');
        await follow(vendor, of(vendor, last).getByRole('link'));
        await shows(vendor.getByRole('region', { name: '金额构成' }), /¥832\.00[\s\S]*扣除前期结转\s*−¥416\.00[\s\S]*应付\s*¥416\.00/);
        await accessible(vendor, 'a month with a deduction');
        await open(vendor, page);
        await shows(vendor.locator('#standing'), /付款流水号/);
      });
      await visit(browser, market, options, async (page) => {
        await begin(page, AUDITOR, '/console/settlements');
        await follow(page, of(page, last).getByRole('link'));
        assert.equal(await page.getByRole('main').getByRole('textbox').count(), 0);
      });
      await visit(browser, market, {}, async (page) => {
        await begin(page, SUPPORT, '/console/settlements');
        await shows(page.getByText('结算单由服务商负责人查看'), /./);
      });
    } finally {
      await market.close();
    }
  });
}
