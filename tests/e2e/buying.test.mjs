// From a price to a running service, and on to its end: what an administrator does and sees.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Member, setForward, setToDay, signInAs } from './support/account.mjs';
import { eventually, launch, open, runs, shows, visit } from './support/browser.mjs';
import { Market } from './support/market.mjs';
import { ProductPage } from './support/product-page.mjs';

const EXAMPLE = '/p/data-analytics-2';
const BUYER = '王晓明';
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

let market;
let browser;
let axe;
before(async () => {
  [browser, axe] = await Promise.all([launch(), readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')]);
});
after(async () => { await browser?.close(); });
// Each test has its own: the clock goes for everybody.
beforeEach(async () => { market = await Market.open(); });
afterEach(async () => { await market?.close(); });

/** Two of the seed's example, quoted, and the quotation's page left for checkout as the buyer. */
async function toCheckout(page) {
  await open(page, EXAMPLE);
  const product = new ProductPage(page);
  await product.chooseTheSeedsExample();
  await product.count.fill('2');
  await shows(product.total, '¥416.00');
  await product.buy.click();
  await page.waitForURL('**/quote/*');
  await runs(page);
  await page.getByRole('link', { name: '去下单', exact: true }).click();
  // Nobody is signed in: the way leads past the sign-in page.
  await page.waitForURL('**/sign-in?*');
  await runs(page);
  await signInAs(page, BUYER);
  await page.waitForURL('**/checkout/*');
}

const placing = (page) => page.getByRole('button', { name: '提交订单', exact: true });
const total = (page) => page.getByRole('status', { name: /^(合计|应付|实付)$/ });
const standing = (page) => page.getByRole('region', { name: /^(订单进展|服务状态)$/ }).locator('p[role=status]');

/** Orders what is on the checkout page; the provider's page is open then. */
async function order(page) {
  await shows(total(page), '¥416.00');
  await page.getByRole('checkbox').check();
  await placing(page).click();
  await page.waitForURL('**/sandbox/pay/*');
  await runs(page);
}

async function pay(page, how = '确认付款') {
  await page.getByRole('button', { name: how, exact: true }).click();
  await page.waitForURL('**/account/orders/*');
  await runs(page);
}

/** The day so many days before an instant, where the instant is written. */
function daysBefore(instant, days) {
  return new Date(Date.parse(`${instant.slice(0, 10)}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** Axe finds nothing, in both themes. */
async function accessible(page, what) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true } },
    }));
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`));
    assert.deepEqual(found, [], `${what}, ${colorScheme}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `${what} is cut off`);
}

for (const [size, options] of Object.entries({ 'a desk': {}, 'a phone': PHONE })) {
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

test('a double click makes one order, a refused payment leaves it open, and late news is not called success', async () => {
  await visit(browser, market, {}, async (page) => {
    await toCheckout(page);
    await page.getByRole('checkbox').check();
    await placing(page).dblclick();
    await page.waitForURL('**/sandbox/pay/*');
    await runs(page);
    const buyer = await Member.of(market, 'demo-buyer-admin');
    assert.equal((await buyer.get('/api/orders')).orders.length, 1);
    await pay(page, '拒绝付款');
    await shows(standing(page), /^付款没有完成，未扣款/);
    await page.getByRole('button', { name: '去支付', exact: true }).click();
    await page.waitForURL('**/sandbox/pay/*');
    await runs(page);
    await pay(page, '通知迟到');
    await shows(standing(page), /正在等待支付渠道的通知/);
    const { orders: [order] } = await buyer.get('/api/orders');
    assert.equal(order.state.is, 'unpaid');
  });
});

test('both prices stand there when the vendor changed one, and a transfer has its reference', async () => {
  const isv = await Member.of(market, 'demo-isv-owner');
  await visit(browser, market, {}, async (page) => {
    await toCheckout(page);
    await page.getByRole('radiogroup', { name: '支付方式' }).getByRole('radio', { name: '银行转账' }).check();
    await page.getByRole('checkbox').check();
    await placing(page).click();
    await page.waitForURL('**/account/orders/*');
    await runs(page);
    await shows(standing(page), /^等待转账到账/);
    const { orders: [order] } = await isv.get('/api/orders');
    await isv.post(`/api/orders/${order.id}/reprice`, { amount: '400.01', reason: '老客户优惠' });
    await page.reload();
    await runs(page);
    await shows(total(page), '¥400.01');
    const amounts = page.getByRole('region', { name: '金额明细' });
    await shows(amounts, /¥416\.00[\s\S]*老客户优惠/);
    await accessible(page, 'a repriced order to be paid by transfer');
    const operator = await Member.of(market, 'demo-operator-1');
    const { transfers: [due] } = await operator.get('/api/transfers');
    await shows(page.getByRole('region', { name: '订单进展' }).getByText(due.reference, { exact: true }), due.reference);
    await operator.post(`/api/transfers/${due.reference}/confirm`, { amount: '400.01' });
    await page.reload();
    await runs(page);
    await shows(standing(page), /^支付成功/);
    assert.equal(await isv.openEverything(), 2);
    const { services } = await isv.get('/api/services');
    assert.deepEqual(services.map(({ paid }) => paid).sort(), ['200.00', '200.01']);
  });
});

test('signed out, and with the server gone, the page says what to do', async () => {
  await visit(browser, market, {}, async (page, visitor) => {
    visitor.foresee(/ERR_INTERNET_DISCONNECTED/);
    await toCheckout(page);
    await page.getByRole('checkbox').check();
    await page.context().setOffline(true);
    await placing(page).click();
    await shows(page.getByText('无法连接服务器'), /再次点击不会重复提交。$/);
    await page.context().setOffline(false);
    await placing(page).click();
    await page.waitForURL('**/sandbox/pay/*');
    await open(page, '/account/invoices');
    await accessible(page, 'invoices');
    await page.getByText(BUYER, { exact: true }).click();
    await page.getByRole('button', { name: '退出登录', exact: true }).click();
    await page.waitForURL(`${market.url}/`);
    await page.goto('/account/orders');
    assert.match(page.url(), /\/sign-in\?next=%2Faccount%2Forders$/);
  });
});
