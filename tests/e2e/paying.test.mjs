// What can go wrong between an order and its payment: what an administrator sees, and that nothing is bought twice.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Member } from './support/account.mjs';
import { launch, open, runs, shows, visit } from './support/browser.mjs';
import { BUYER, SIZES, accessible, order, pay, placing, standing, toCheckout, total } from './support/buying.mjs';
import { Market } from './support/market.mjs';

let market;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });
// Each test has its own: the clock goes for everybody.
beforeEach(async () => { market = await Market.open(); });
afterEach(async () => { await market?.close(); });

for (const [size, options] of Object.entries(SIZES)) {
  test(`on ${size}: a wrong amount pays nothing, which the order says with what to do`, async () => {
    await visit(browser, market, options, async (page) => {
      await toCheckout(page);
      await order(page);
      await pay(page, '金额不符');
      const said = page.getByRole('region', { name: '订单进展' }).getByRole('alert');
      await shows(said, /¥415\.99，与应付的 ¥416\.00 不符，没有入账，订单仍待支付[\s\S]*请按 ¥416\.00 重新支付/);
      await accessible(page, 'a wrong amount');
      const buyer = await Member.of(market, 'demo-buyer-admin');
      const { orders: [unpaid] } = await buyer.get('/api/orders');
      assert.deepEqual([unpaid.state.is, unpaid.mismatched], ['unpaid', '415.99']);
      assert.equal((await buyer.get('/api/services')).services.length, 0);
      const operator = await Member.of(market, 'demo-operator-1');
      const { notices } = await operator.get('/api/notices');
      assert.ok(notices.some(({ kind, order: about }) => kind === 'amount_mismatch' && about === unpaid.id), 'the operator is told');
      // What the page says to do.
      await page.getByRole('button', { name: '去支付', exact: true }).click();
      await page.waitForURL('**/sandbox/pay/*');
      await runs(page);
      await pay(page);
      await shows(standing(page), /^支付成功/);
      assert.equal(await said.count(), 0);
    });
  });
}

test('a double click makes one order, a refused payment leaves it open, and late news is not called success', async () => {
  await visit(browser, market, {}, async (page) => {
    await toCheckout(page);
    await page.getByRole('checkbox', { name: /^我代表企业同意/ }).check();
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
    await page.getByRole('checkbox', { name: /^我代表企业同意/ }).check();
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
    await page.getByRole('checkbox', { name: /^我代表企业同意/ }).check();
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
