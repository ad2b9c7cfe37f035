// From a price to a running service, and on to its end: what an administrator does and sees.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Member, setForward, setToDay, signInAs } from './support/account.mjs';
import { eventually, launch, open, runs, shows, visit } from './support/browser.mjs';
import { BUYER, EXAMPLE, SIZES, accessible, checkOut, order, pay, placing, standing, toCheckout, total } from './support/buying.mjs';
import { Market } from './support/market.mjs';
import { ProductPage } from './support/product-page.mjs';

let market;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });
// Each test has its own: the clock goes for everybody.
beforeEach(async () => { market = await Market.open(); });
afterEach(async () => { await market?.close(); });

/** The day so many days before an instant, where the instant is written. */
function daysBefore(instant, days) {
  return new Date(Date.parse(`${instant.slice(0, 10)}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

for (const [size, options] of Object.entries(SIZES)) {
  test(`on ${size}: bought, paid, opened, noticed, expired; every page on the way is accessible`, async () => {
    const isv = await Member.of(market, 'demo-isv-owner');
    await visit(browser, market, options, async (page) => {
      await open(page, '/sign-in');
      await shows(page.getByRole('heading', { name: '演示账号' }), '演示账号');
      await accessible(page, 'signing in');
      await toCheckout(page);
      await shows(total(page), '¥416.00');
      await accessible(page, 'checkout');
      // Nothing is ordered under an agreement that nobody accepted.
      await placing(page).click();
      await shows(page.getByText('请先同意协议'), '请先同意协议，再提交订单。');
      await order(page);
      await shows(page.getByRole('status', { name: '付款金额', exact: true }), '¥416.00');
      await accessible(page, "the provider's page");
      await pay(page);
      await shows(standing(page), /^支付成功/);
      await shows(total(page), '¥416.00');
      await accessible(page, 'the result');

      await page.getByRole('link', { name: '查看第 2 个服务' }).click();
      await runs(page);
      await shows(standing(page), /^等待.*开通/);
      assert.equal(await isv.openEverything(), 2);
      await shows(standing(page), /已于 .* 开通。$/);
      await shows(page.getByRole('status', { name: '剩余', exact: true }), '365 天');
      await accessible(page, 'a service');

      await page.getByRole('navigation', { name: '我的账户' }).getByRole('link', { name: '我的服务' }).click();
      await runs(page);
      const rows = page.getByRole('main').getByRole('listitem');
      await eventually(async () => (await rows.count()) === 2, 'two services');
      const { services } = await (await Member.of(market, 'demo-buyer-admin')).get('/api/services');
      for (const [index, service] of services.entries()) {
        const [year, month, day] = service.end.slice(0, 10).split('-').map(Number);
        assert.match(await rows.nth(index).innerText(), new RegExp(`剩余 365 天 · 至 ${year}年${month}月${day}日`));
        assert.equal(service.subscription.segments.length, 1);
      }
      await accessible(page, 'services');

      // Less than 7 days before the end, and the notice is from 7 days before it.
      await setToDay(page, daysBefore(services[0].end, 6));
      await shows(page.getByRole('navigation', { name: '我的账户' }).getByRole('link', { name: /^通知/ }), /^通知 \d+$/);
      await page.getByRole('navigation', { name: '我的账户' }).getByRole('link', { name: /^通知/ }).click();
      await runs(page);
      const ends = page.getByRole('main').getByRole('listitem').filter({ hasText: '服务将于' });
      await eventually(async () => (await ends.count()) === 2, 'a notice for each service');
      const { notices } = await (await Member.of(market, 'demo-buyer-admin')).get('/api/notices');
      const told = notices.filter(({ kind }) => kind === 'service_ends');
      assert.deepEqual(told.map(({ at, end }) => Date.parse(end) - Date.parse(at)), [7 * 86_400_000, 7 * 86_400_000]);
      await accessible(page, 'notices');

      await setForward(page, '7 天');
      const over = page.getByRole('main').getByRole('listitem').filter({ hasText: '服务已到期' });
      await eventually(async () => (await over.count()) === 2, 'a notice of each expiry');
      await over.first().getByRole('link', { name: '查看服务' }).click();
      await runs(page);
      await shows(standing(page), /到期，访问已停止/);
      await accessible(page, 'an expired service');
      const [{ id }] = services;
      const access = await isv.get(`/api/access?service=${id}`);
      assert.deepEqual([access.usable, access.services[0].why_not.is], [false, 'expired']);

      await page.getByRole('navigation', { name: '我的账户' }).getByRole('link', { name: '我的订单' }).click();
      await runs(page);
      await shows(page.getByRole('main').getByRole('listitem'), /数据分析软件[\s\S]*已完成[\s\S]*¥416\.00/);
      await accessible(page, 'orders');
      await page.getByRole('searchbox', { name: '订单号' }).fill('nothing');
      await shows(page.getByText('没有符合条件的订单。'), /./);
      assert.match(page.url(), /number=nothing/);
      await page.getByRole('button', { name: '查看全部订单' }).click();
      await shows(page.getByRole('main').getByRole('listitem'), /¥416\.00/);
    });
  });
}

test('a trial: asked for, opened, noticed at once, ended, had once more', async () => {
  const isv = await Member.of(market, 'demo-isv-owner');
  await visit(browser, market, {}, async (page) => {
    await open(page, EXAMPLE);
    await page.getByRole('link', { name: /^免费试用/ }).click();
    await runs(page);
    await signInAs(page, BUYER);
    await accessible(page, 'a trial');
    await page.getByRole('button', { name: '开始试用', exact: true }).click();
    await page.waitForURL('**/account/services/*');
    await runs(page);
    await shows(standing(page), /试用期从开通时起算/);
    assert.equal(await isv.openEverything(), 1);
    await shows(standing(page), /已于 .* 开通。$/);
    const left = await page.getByRole('status', { name: '剩余', exact: true }).innerText();
    const days = Number(left.match(/\d+/)[0]);
    const { services: [trial] } = await isv.get('/api/services');
    assert.equal(days, trial.trial.days);
    for (let gone = 0; gone < days; gone += 7) await setForward(page, '7 天');
    await shows(standing(page), /到期，访问已停止/);
    const buyer = await Member.of(market, 'demo-buyer-admin');
    const { notices } = await buyer.get('/api/notices');
    assert.ok(notices.some(({ kind }) => kind === 'trial_ends') && notices.some(({ kind }) => kind === 'service_expired'));
    const again = page.getByRole('button', { name: /^再试用/ });
    if (trial.trial.extra.is === 'offered') {
      await again.click();
      await shows(page.getByText('额外试用已使用。'), /./);
      await shows(page.getByRole('status', { name: '剩余', exact: true }), `${trial.trial.extra.days} 天`);
    } else {
      assert.equal(await again.count(), 0);
    }
  });
});

for (const [size, options] of Object.entries(SIZES)) {
  test(`on ${size}: bought once, paid, delivered, and it never ends`, async () => {
    const isv = await Member.of(market, 'demo-isv-owner');
    await visit(browser, market, options, async (page) => {
      await open(page, '/p/document-migration');
      const product = new ProductPage(page);
      await product.edition('基础迁移').check();
      await product.quantity('数据量').fill('5');
      await product.option('验收方式', '抽样验收').check();
      // 800 + 5 × 520
      await shows(product.total, '¥3400.00');
      await checkOut(page, product);
      await signInAs(page, BUYER);
      await page.waitForURL('**/checkout/*');
      await shows(total(page), '¥3400.00');
      await page.getByRole('checkbox', { name: /^我代表企业同意/ }).check();
      await placing(page).click();
      await page.waitForURL('**/sandbox/pay/*');
      await runs(page);
      await pay(page);
      await shows(standing(page), /^支付成功/);
      await page.getByRole('link', { name: '查看服务', exact: true }).click();
      await runs(page);
      await shows(standing(page), /^等待.*交付。一次性购买/);
      assert.equal(await isv.openEverything(), 1);
      await shows(standing(page), /已于 .* 交付。一次性购买，不会到期/);
      await accessible(page, 'what was bought once');
      await setForward(page, '30 天');
      await shows(standing(page), /已于 .* 交付。一次性购买，不会到期/);
      const { services: [service] } = await isv.get('/api/services');
      assert.deepEqual([service.state.is, service.end ?? null, service.paid], ['active', null, '3400.00']);
      await page.getByRole('link', { name: service.order, exact: true }).click();
      await runs(page);
      await shows(standing(page), /全部开通。$/);
      await shows(total(page), '¥3400.00');
    });
  });
}
