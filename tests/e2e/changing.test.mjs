// What a service's buyer does with it on a phone, by keyboard alone: expanding, renewing, upgrading, beginning anew. What a
// change will do is read from its page before anything is asked for; what is ordered is that.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Member } from './support/account.mjs';
import { launch, open, runs, shows, tabTo, visit } from './support/browser.mjs';
import { SIZES, accessible, standing, total } from './support/buying.mjs';
import { Market } from './support/market.mjs';
import { SELECTION } from './support/selections.mjs';
import { quotation } from './support/stock.mjs';

let market;
let browser;
before(async () => { [market, browser] = await Promise.all([Market.open(), launch()]); });
after(async () => { await browser?.close(); await market?.close(); });

/** The instant so many days after one in China's time. */
function daysAfter(instant, days) {
  return `${new Date(Date.parse(`${instant.slice(0, 19)}Z`) + days * 86_400_000).toISOString().slice(0, 19)}+08:00`;
}

/** Goes there with the Tab key and presses Enter. */
async function enter(page, locator) {
  await tabTo(page, locator);
  await page.keyboard.press('Enter');
}

/** Has a group's choice made by arrow keys. */
async function choose(page, group, name) {
  const radios = page.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio');
  const wanted = page.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio', { name, exact: true });
  if (await wanted.isChecked()) return;
  await tabTo(page, radios.and(page.locator(':checked')));
  for (let presses = 0; presses < 6 && !(await wanted.isChecked()); presses++) await page.keyboard.press('ArrowDown');
  assert.ok(await wanted.isChecked(), `${group}: ${name}`);
}

class ChangePage {
  constructor(page) {
    this.page = page;
    this.card = page.getByRole('complementary', { name: '报价', exact: true });
    this.due = page.getByRole('status', { name: '应付', exact: true });
  }

  async open() {
    await enter(this.page, this.page.getByRole('link', { name: '续费、扩容或升级', exact: true }));
    await this.page.waitForURL('**/change');
    await runs(this.page);
  }

  async says(...parts) {
    for (const part of parts) await shows(this.card.filter({ hasText: part }), /./);
  }

  /** Quotes and orders what is shown; every tick box on the way is ticked. What is due is the same on the way. */
  async order(amount) {
    const page = this.page;
    await shows(this.due, amount);
    await enter(page, this.card.getByRole('button', { name: /^确认报价/ }));
    await page.waitForURL('**/checkout/*');
    await runs(page);
    await shows(total(page), amount);
    for (const box of await page.getByRole('checkbox').all()) {
      await tabTo(page, box);
      await page.keyboard.press('Space');
    }
    await enter(page, page.getByRole('button', { name: '提交订单', exact: true }));
    if (amount !== '¥0.00') {
      await page.waitForURL('**/sandbox/pay/*');
      await runs(page);
      await enter(page, page.getByRole('button', { name: '确认付款', exact: true }));
    }
    await page.waitForURL('**/account/orders/*');
    await runs(page);
    await shows(total(page), amount);
  }

  /** From the result to the service. */
  async toService() {
    await enter(this.page, this.page.getByRole('link', { name: /查看(第 1 个)?服务/ }));
    await this.page.waitForURL('**/account/services/*');
    await runs(this.page);
  }
}

test('on a phone, by keyboard: expanded on its 150th day, renewed, upgraded, begun anew with a loss', async () => {
  const [buyer, isv, operator] = await Promise.all(
    ['demo-buyer-admin', 'demo-isv-owner', 'demo-operator-1'].map((account) => Member.of(market, account)),
  );
  const quote = await quotation(buyer, 'data-analytics-2', { ...SELECTION, count: 1 });
  const { pay_at: page } = await buyer.post('/api/orders', { quote, method: 'sandbox', agreement: 1 });
  await buyer.post(`/api/sandbox/payments/${page.split('/').at(-1)}`, { play: 'pay' });
  assert.equal(await isv.openEverything(), 1);
  const service = async () => (await buyer.get('/api/services')).services[0];
  const bought = await service();
  const [{ start, end }] = bought.subscription.segments;
  // 149 days are over.
  await operator.post('/api/sandbox/clock', { at: daysAfter(start, 149) });

  await visit(browser, market, SIZES['a phone'], async (page) => {
    await page.request.post('/api/demo/session', { data: { account: 'demo-buyer-admin' } });
    await open(page, `/account/services/${bought.id}`);
    const change = new ChangePage(page);

    await change.open();
    await accessible(page, 'a renewal');
    await choose(page, '要做什么', '扩容');
    await tabTo(page, page.getByRole('spinbutton', { name: '用户数', exact: true }));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('20');
    await change.says('（¥308 − ¥208）× 剩余 216 天 ÷ 共 365 天，不足一分进一分', '到期日不变。');
    await accessible(page, 'an expansion');
    await change.order('¥59.18');
    await change.toService();
    const expanded = await service();
    assert.deepEqual([expanded.subscription.quantities, expanded.end], [{ yonghushu: 20 }, end]);

    await change.open();
    await choose(page, '要做什么', '续费');
    await choose(page, '续费时长', '1 年');
    await change.says('新的一期从现到期日接上');
    await change.order('¥308.00');
    await change.toService();
    assert.deepEqual((await service()).subscription.segments.map(({ kind }) => kind).at(-1), 'renew');

    await change.open();
    await choose(page, '要做什么', '升级');
    await choose(page, '套餐版本', '高级版');
    await choose(page, '怎样计费', '补差价，到期日不变');
    await accessible(page, 'an upgrade');
    await change.order(await change.due.innerText());
    await change.toService();
    const upgraded = await service();
    assert.equal(upgraded.subscription.edition, 'premium');

    await change.open();
    await choose(page, '要做什么', '重新起算');
    await choose(page, '新一期时长', '1 个月');
    await change.says('放弃的剩余价值', '下单时须单独确认。');
    await accessible(page, 'a loss');
    await change.order('¥0.00');
    await change.toService();
    await shows(standing(page), /./);
    assert.ok(Date.parse((await service()).end) < Date.parse(upgraded.end));
    await accessible(page, 'a service with a past');
  });
});
