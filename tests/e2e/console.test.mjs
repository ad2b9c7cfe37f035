// One order, seen by everybody whose part it is: the buyer, the vendor, the operator, the auditor.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Member, signInAs } from './support/account.mjs';
import { eventually, launch, open, runs, shows, tabTo, visit } from './support/browser.mjs';
import { SIZES, accessible, order, pay, placing, standing, toCheckout, total } from './support/buying.mjs';
import { Market } from './support/market.mjs';

const VENDOR = '陈建国';
const OPERATOR = '周磊';
const AUDITOR = '孙悦';

let market;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });
beforeEach(async () => { market = await Market.open(); });
afterEach(async () => { await market?.close(); });

/** Signs in as this person, who begins at `home`. */
async function begin(page, name, home) {
  await open(page, '/sign-in');
  await signInAs(page, name);
  await page.waitForURL(`**${home}`);
  await runs(page);
}

const follow = async (page, link) => {
  await link.click();
  await runs(page);
};
const way = (page, name) => page.getByRole('navigation', { name: '我的账户' }).getByRole('link', { name });
const rows = (page) => page.getByRole('table').getByRole('row').filter({ has: page.getByRole('rowheader') });
/** Until the search has left one row, which says this. */
async function leaves(page, words) {
  await eventually(async () => (await rows(page).count()) === 1, 'one row');
  await shows(rows(page), words);
}
const button = (page, name) => page.getByRole('button', { name, exact: true });

/** Confirms on the page that so much arrived for the only transfer there. */
async function confirm(page, amount, follows) {
  await page.getByRole('button', { name: /^确认到账：/ }).click();
  const form = page.getByRole('form', { name: /^确认到账：/ });
  await form.getByLabel('到账金额（元）').fill(amount);
  await shows(form.getByText(follows), follows);
  await form.getByRole('button', { name: '确认到账', exact: true }).click();
}

for (const [size, options] of Object.entries(SIZES)) {
  test(`on ${size}: repriced to two shares, paid in two transfers, opened: everybody sees it`, async () => {
    await visit(browser, market, options, async (buyer) => {
      await toCheckout(buyer);
      await buyer.getByRole('radiogroup', { name: '支付方式' }).getByRole('radio', { name: '银行转账' }).check();
      await buyer.getByRole('checkbox', { name: /^我代表企业同意/ }).check();
      await placing(buyer).click();
      await buyer.waitForURL('**/account/orders/*');
      await runs(buyer);

      await visit(browser, market, options, async (vendor) => {
        await begin(vendor, VENDOR, '/console/orders');
        await shows(way(vendor, /^通知/), '通知 1');
        await shows(rows(vendor), /待支付[\s\S]*¥416\.00/);
        await accessible(vendor, "the vendor's orders");
        await follow(vendor, rows(vendor).getByRole('link'));
        await accessible(vendor, 'an order to reprice');
        await vendor.getByLabel('订单新金额（元）').fill('416');
        await shows(vendor.getByText('与现价相同。'), /./);
        await vendor.getByLabel('订单新金额（元）').fill('400.01');
        const form = vendor.getByRole('form', { name: '改价' });
        await shows(form, /原报价\s*¥416\.00[\s\S]*改为\s*¥400\.01[\s\S]*少收 ¥15\.99[\s\S]*第 1 个服务\s*¥200\.01\s*第 2 个服务\s*¥200\.00/);
        await button(vendor, '改价').click();
        await shows(vendor.getByText('请写明原因，买方会看到。'), /./);
        await accessible(vendor, 'a price without a reason');
        await vendor.getByLabel('改价原因').fill('老客户优惠');
        await button(vendor, '改价').dblclick();
        await shows(form.getByRole('status').filter({ hasText: '已改价' }), /^已改价。/);
        await shows(vendor.getByRole('region', { name: '经过' }), /下单，¥416\.00[\s\S]*改价为 ¥400\.01：老客户优惠/);
        await accessible(vendor, 'a repriced order');

        await buyer.reload();
        await runs(buyer);
        await shows(buyer.getByRole('region', { name: '金额明细' }), /原价\s*¥416\.00[\s\S]*老客户优惠[\s\S]*¥400\.01/);
        await shows(total(buyer), '¥400.01');

        await visit(browser, market, options, async (operator) => {
          await begin(operator, OPERATOR, '/console/transfers');
          await shows(rows(operator), /待到账[\s\S]*¥400\.01/);
          await operator.getByRole('button', { name: /^确认到账：/ }).click();
          await accessible(operator, 'a transfer to confirm');
          await button(operator, '取消').click();
          await confirm(operator, '300', '确认后还差 ¥100.01：订单继续等待，买方会收到补足通知；逾期未补足则关闭，已到款项退回。');
          await shows(operator.locator('#done'), /到账 ¥300\.00，未到齐。还差 ¥100\.01/);
          await shows(rows(operator), /未到齐[\s\S]*¥300\.00/);
          await accessible(operator, 'a short transfer');
          await buyer.reload();
          await runs(buyer);
          await shows(buyer.getByRole('region', { name: '订单进展' }), /已到账\s*¥300\.00/);
          await confirm(operator, '100.01', '正好付清：确认后订单进入开通。');
          await shows(rows(operator), /已付清[\s\S]*¥400\.01/);
          // Money that comes afterwards goes back, and is said to before it is confirmed.
          await confirm(operator, '9.9', '订单此前已付清：这笔 ¥9.90 须全部退回买方。');
          await shows(rows(operator), /多付的 ¥9\.90 须退回[\s\S]*¥409\.91/);
        });

        await follow(vendor, way(vendor, '服务'));
        assert.equal(await rows(vendor).count(), 2);
        await accessible(vendor, "the vendor's services");
        await follow(vendor, rows(vendor).first().getByRole('link'));
        await vendor.getByLabel('备注').fill('已电话确认');
        await button(vendor, '保存备注').click();
        await shows(vendor.getByText('已保存。'), /./);
        await button(vendor, '标记为已开通').dblclick();
        await shows(standing(vendor), /客户可以使用。$/);
        await accessible(vendor, "a vendor's service");
        await follow(vendor, way(vendor, '服务'));
        await vendor.getByRole('searchbox', { name: '备注' }).fill('电话');
        await leaves(vendor, /已开通/);
        await vendor.getByRole('searchbox', { name: '备注' }).fill('');
        await eventually(async () => (await rows(vendor).count()) === 2, 'both services');
        await button(vendor, '开通中').click();
        await leaves(vendor, /开通中/);
        await follow(vendor, rows(vendor).getByRole('link'));
        await button(vendor, '标记为已开通').click();
        await shows(standing(vendor), /客户可以使用。$/);
      });

      await buyer.reload();
      await runs(buyer);
      await shows(standing(buyer), /支付，.*全部开通。$/);
      const paid = (await (await Member.of(market, 'demo-buyer-admin')).get('/api/services')).services.map((service) => service.paid);
      assert.deepEqual(paid.sort(), ['200.00', '200.01']);
    });
  });
}

test('a wrong amount is shown to the operator, the auditor only reads, and nobody else comes in', async () => {
  await visit(browser, market, {}, async (page, visitor) => {
    await toCheckout(page);
    await order(page);
    await pay(page, '金额不符');
    visitor.foresee(/403/);
    const refused = await page.goto('/console/transfers');
    assert.equal(refused.status(), 403);
  });
  await visit(browser, market, {}, async (page) => {
    await begin(page, OPERATOR, '/console/transfers');
    await follow(page, way(page, /^通知/));
    const told = page.getByRole('main').getByRole('listitem').filter({ hasText: '不符' });
    await shows(told, /¥415\.99 与订单金额 ¥416\.00 不符，未入账/);
    await follow(page, told.getByRole('link', { name: '查看订单' }));
    await shows(page.getByText('没有入账'), /¥415\.99，与订单金额 ¥416\.00 不符/);
    await follow(page, way(page, '订单'));
    await shows(rows(page), /有付款金额不符/);
  });
  await visit(browser, market, {}, async (page) => {
    await begin(page, AUDITOR, '/console/transfers');
    await shows(page.getByText('审计账号只读'), /确认到账由平台运营操作/);
    await shows(page.getByText('还没有转账'), /./);
    await follow(page, way(page, '订单'));
    await follow(page, rows(page).getByRole('link'));
    await shows(page.getByText('价格只能由服务商更改'), /./);
    assert.equal(await page.getByRole('main').getByRole('button').count(), 0);
  });
});

test('a price is changed by the keyboard alone, and what is searched for survives the way back', async () => {
  const buyer = await Member.of(market, 'demo-buyer-admin');
  await visit(browser, market, {}, async (page) => {
    await toCheckout(page);
    await order(page);
  });
  const { orders: [{ id }] } = await buyer.get('/api/orders');
  await visit(browser, market, {}, async (page) => {
    await begin(page, VENDOR, '/console/orders');
    const number = page.getByRole('searchbox', { name: '订单号' });
    await number.fill('nothing');
    await shows(page.getByText('没有符合条件的订单。'), /./);
    await number.fill(id.slice(0, 6));
    await shows(rows(page), /待支付/);
    await tabTo(page, rows(page).getByRole('link'));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/console/orders/${id}`);
    await runs(page);
    await tabTo(page, page.getByLabel('订单新金额（元）'));
    await page.keyboard.type('0');
    await page.keyboard.press('Tab');
    await page.keyboard.type('赠送');
    await shows(page.getByText('无需付款'), /订单立即生效/);
    await page.keyboard.press('Enter');
    await shows(standing(page), /已支付，服务待开通。$/);
    await page.goBack();
    await runs(page);
    await shows(number, '');
    assert.equal(await number.inputValue(), id.slice(0, 6));
  });
});
