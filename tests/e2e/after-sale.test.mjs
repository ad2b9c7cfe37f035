// After the sale, as all three people live it: an invoice asked for and issued, a refund asked for, agreed to and sent back, by
// the provider and by hand, and a refund agreed on outside the market. The buyer is on a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Member } from './support/account.mjs';
import { INVOICE, bought, three } from './support/after-sale.mjs';
import { launch, open, runs, shows, visit } from './support/browser.mjs';
import { SIZES, accessible, order, pay, standing, toCheckout } from './support/buying.mjs';
import { Market } from './support/market.mjs';

const PHONE = SIZES['a phone'];

let market;
let browser;
before(async () => { [market, browser] = await Promise.all([Market.open(), launch()]); });
after(async () => { await browser?.close(); await market?.close(); });

/** What this account does at `path`, on a desk unless said otherwise. */
const as = (account, path, does, options = {}) => visit(browser, market, options, async (page) => {
  assert.ok((await page.request.post('/api/demo/session', { data: { account } })).ok());
  await open(page, path);
  await does(page);
});

const buyer = (path, does) => as('demo-buyer-admin', path, does, PHONE);
const vendor = (path, does) => as('demo-isv-owner', path, does);

/** Follows the newest notice that says this. */
async function follow(page, says, words) {
  await page.getByRole('listitem').filter({ hasText: says }).first().getByRole('link', { name: new RegExp(`^${words}`) }).click();
  await runs(page);
}

const beside = (page, name) => page.getByRole('region', { name, exact: true });
const click = (page, name) => page.getByRole('button', { name, exact: true }).click();
const said = (page) => page.getByRole('region', { name: /进展$/ }).locator('p[role=status]');

test('an invoice is asked for, rejected, asked for again and issued; then the order is not refunded', async () => {
  let id;
  await visit(browser, market, PHONE, async (page) => {
    await toCheckout(page);
    await order(page);
    await pay(page);
    await shows(standing(page), /^支付成功/);
    id = new URL(page.url()).pathname.split('/').at(-1);
    await shows(beside(page, '退款').getByRole('link'), '申请退款');
    await beside(page, '发票').getByRole('link', { name: '申请发票', exact: true }).click();
    await runs(page);
    await shows(page.getByRole('status', { name: /^开票金额/ }), '¥416.00');
    await page.getByRole('radio', { name: '增值税专用发票' }).check();
    await click(page, '提交申请');
    await page.locator('#tax-number:focus').waitFor();
    await page.getByLabel('纳税人识别号', { exact: true }).fill('1234');
    await click(page, '提交申请');
    await page.locator('#tax-number[aria-invalid=true]').waitFor();
    await page.getByLabel('纳税人识别号', { exact: true }).fill(INVOICE.tax_number);
    await accessible(page, 'asking for an invoice');
    await click(page, '提交申请');
    await page.waitForURL('**/account/invoices');
    await runs(page);
    await shows(page.getByRole('listitem').filter({ hasText: id }), /待开具[\s\S]*¥416\.00/);
  });
  await vendor('/console/notices', async (page) => {
    await follow(page, `订单 ${id} 申请开具发票`, '查看发票');
    await click(page, `处理：订单 ${id}`);
    await click(page, '驳回…');
    await page.getByLabel('驳回原因', { exact: true }).fill('请改用企业全称');
    await click(page, '驳回申请');
    await shows(page.locator('#done'), /已驳回/);
  });
  await buyer('/account/notices', async (page) => {
    await follow(page, '请改用企业全称', '查看发票');
    await page.getByRole('link', { name: '修改后重新申请', exact: true }).click();
    await runs(page);
    // What was asked for last stands there already.
    assert.equal(await page.getByLabel('纳税人识别号', { exact: true }).inputValue(), INVOICE.tax_number);
    await page.getByLabel('发票抬头', { exact: true }).fill(INVOICE.title);
    await click(page, '提交申请');
    await page.waitForURL('**/account/invoices');
    await open(page, `/account/orders/${id}`);
    await shows(beside(page, '退款').locator('.why-not'), /请先撤回开票申请/);
    assert.ok(await page.getByRole('button', { name: '申请退款', exact: true }).isDisabled());
  });
  await vendor(`/console/invoices?number=${id}`, async (page) => {
    await click(page, `处理：订单 ${id}`);
    await page.getByLabel('发票号码', { exact: true }).fill('26312000000123456789');
    await accessible(page, 'issuing an invoice');
    await click(page, '标记为已开具');
    await shows(page.locator('#done'), /号码 26312000000123456789/);
  });
  await buyer('/account/notices', async (page) => {
    await follow(page, '发票已开具，号码 26312000000123456789', '查看发票');
    await page.getByText('26312000000123456789').waitFor();
    await open(page, `/account/orders/${id}`);
    await shows(beside(page, '退款').locator('.why-not'), /已开具发票，不能退款/);
  });
});

test('a refund is asked for, answered in time, and the money comes back', async () => {
  const people = await three(market);
  const id = await bought(people);
  await buyer(`/account/orders/${id}`, async (page) => {
    await beside(page, '退款').getByRole('link', { name: '申请退款', exact: true }).click();
    await runs(page);
    const { quoted } = await people.buyer.get(`/api/orders/${id}`);
    await shows(page.getByRole('status', { name: '全额退回' }), `¥${quoted}`);
    await page.getByLabel('退款原因', { exact: true }).fill('业务调整，不再需要');
    await accessible(page, 'asking for a refund');
    await page.getByRole('button', { name: `申请退款 ¥${quoted}`, exact: true }).click();
    await page.waitForURL('**/account/refunds/*');
    await runs(page);
    await shows(said(page), /还剩 (72 小时|71 小时 59 分)/);
    await accessible(page, 'a refund under review');
    // Nothing else is asked for meanwhile; taken back, it can be asked for again.
    await open(page, `/account/orders/${id}`);
    await shows(beside(page, '发票').locator('.why-not'), /退款正在审核/);
    await beside(page, '退款').getByRole('link', { name: '查看退款', exact: true }).click();
    await runs(page);
    await click(page, '撤回申请');
    await click(page, '确定撤回');
    await shows(said(page), /已撤回/);
    await open(page, `/account/orders/${id}/refund`);
    await page.getByLabel('退款原因', { exact: true }).fill('确实不再需要');
    await page.getByRole('button', { name: /^申请退款 / }).click();
    await page.waitForURL('**/account/refunds/*');
  });
  await vendor('/console/notices', async (page) => {
    await follow(page, '买家申请退款', '查看退款');
    await shows(page.getByText('确实不再需要', { exact: true }), /./);
    await click(page, '同意退款');
    await accessible(page, 'agreeing to a refund');
    await click(page, '确定退款');
    await shows(said(page), /支付渠道正在退回/);
  });
  await people.operator.post('/api/sandbox/clock', { advance: 'PT2M' });
  await buyer('/account/notices', async (page) => {
    await follow(page, '退款成功，款项已退回', '查看退款');
    await shows(said(page), /已退回 ¥/);
    await open(page, `/account/orders/${id}`);
    await shows(standing(page), /退款获准，订单已撤销/);
    await open(page, `/account/services/${id}-1`);
    await shows(standing(page), /关闭/);
  });
});

test('what came by transfer the operator sends back; what was rejected stays', async () => {
  const people = await three(market);
  const id = await bought(people, 'transfer');
  const ask = async () => (await people.buyer.post(`/api/orders/${id}/refund`, { reason: '重复购买' })).id;
  const first = await ask();
  await vendor(`/console/refunds/${first}`, async (page) => {
    await click(page, '不同意');
    await page.getByLabel('不同意的原因', { exact: true }).fill('已完成培训');
    await click(page, '不同意退款');
    await shows(said(page), /已完成培训/);
  });
  await buyer('/account/notices', async (page) => {
    await follow(page, '退款申请未通过', '查看退款');
    await shows(said(page), /服务商不同意退款：已完成培训/);
  });
  const second = await ask();
  await people.isv.post(`/api/refunds/${second}/approve`);
  await as('demo-auditor', `/console/refunds/${second}`, async (page) => {
    await shows(page.getByText('审计账号只读'), /./);
  });
  await as('demo-operator-1', '/console/notices', async (page) => {
    await follow(page, '有退款须以转账退回', '查看退款');
    await click(page, '标记为已汇出');
    await click(page, '确定已汇出');
    await shows(said(page), /已于 .* 退回/);
  });
  await buyer(`/account/refunds/${second}`, async (page) => shows(said(page), /已退回 ¥/));
});

test('a refund agreed on outside the market is recorded, denied, recorded again and confirmed; it excludes the other', async () => {
  const people = await three(market);
  const id = await bought(people);
  const record = (amount, note) => vendor(`/console/orders/${id}`, async (page) => {
    await click(page, '登记线下退款');
    await page.getByLabel('已付金额（元）', { exact: true }).fill(amount);
    await page.getByLabel('约定内容', { exact: true }).fill(note);
    await click(page, '登记，等企业确认');
    await shows(beside(page, '线下退款').locator('.beside-entry').first(), /待企业确认/);
    assert.ok(await page.getByRole('button', { name: '登记线下退款', exact: true }).isDisabled(), 'one at a time');
  });
  await record('120', '退两个坐席的差价');
  // Finance may confirm, and deny.
  await as('demo-buyer-finance', `/account/orders/${id}`, async (page) => {
    await shows(beside(page, '退款').locator('.why-not'), /请先确认或否认/);
    await click(page, '没有收到');
    await page.getByLabel('否认原因', { exact: true }).fill('账上没有这笔');
    await click(page, '否认这笔退款');
    await shows(beside(page, '线下退款').locator('.beside-entry'), /企业已否认[\s\S]*账上没有这笔/);
    await shows(beside(page, '退款').locator('.why-not'), /由企业管理员申请/);
  }, PHONE);
  await record('120.00', '已于今日汇出');
  await buyer('/account/notices', async (page) => {
    await follow(page, '服务商登记了线下退款', '查看订单');
    await accessible(page, 'an offline refund to confirm');
    await click(page, '确认收到');
    await click(page, '确定已收到');
    await shows(beside(page, '线下退款').locator('.beside-entry').first(), /已确认收到/);
    await shows(beside(page, '退款').locator('.why-not'), /已有确认的线下退款/);
    await open(page, '/account/refunds/offline');
    await shows(page.getByRole('listitem').filter({ hasText: '已于今日汇出' }), /¥120\.00/);
  });
  await as('demo-auditor', '/console/refunds/offline', async (page) => {
    await shows(page.getByRole('row').filter({ hasText: '已于今日汇出' }), /已确认收到/);
    await accessible(page, 'offline refunds');
  });
  const member = await Member.of(market, 'demo-buyer-admin');
  assert.equal((await member.get(`/api/orders/${id}`)).after_sale.refund.code, 'refund_offline');
});
