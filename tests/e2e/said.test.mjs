// What is said of an order: a review that is answered and stands on the product's page, a complaint that is answered and
// decided; as the buyer, the vendor, the operator and the auditor see it.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Member, signInAs } from './support/account.mjs';
import { eventually, launch, open, runs, shows, tabTo, visit } from './support/browser.mjs';
import { BUYER, EXAMPLE, SIZES, accessible } from './support/buying.mjs';
import { Market } from './support/market.mjs';
import { fulfilled } from './support/fulfilled.mjs';

const VENDOR = '陈建国';
const OPERATOR = '周磊';
const AUDITOR = '孙悦';

let market;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });
beforeEach(async () => { market = await Market.open(); });
afterEach(async () => { await market?.close(); });

const button = (page, name) => page.getByRole('button', { name, exact: true });
const way = (page, name) => page.getByRole('navigation', { name: '我的账户' }).getByRole('link', { name });

async function begin(page, name, path) {
  await open(page, `/sign-in?next=${encodeURIComponent(path)}`);
  await signInAs(page, name);
  if (new URL(page.url()).pathname !== path) await open(page, path);
}
const follow = async (page, link) => {
  await link.click();
  await runs(page);
};
/** From the newest notice of the page's reader to what it is about. */
async function followNotice(page, says, name) {
  await follow(page, way(page, /^通知/));
  const notice = page.getByRole('main').getByRole('listitem').filter({ hasText: says }).first();
  await follow(page, notice.getByRole('link', { name, exact: true }));
}

for (const [size, options] of Object.entries(SIZES)) {
  test(`on ${size}: a review is written, answered, added to, and stands on the product's page`, async () => {
    const id = await fulfilled(market);
    await visit(browser, market, options, async (buyer) => {
      await open(buyer, EXAMPLE);
      await shows(buyer.getByText('暂无评价。购买后即可在订单页评价。'), /./);
      await begin(buyer, BUYER, `/account/orders/${id}`);
      await accessible(buyer, 'an order to review');
      await follow(buyer, buyer.getByRole('link', { name: '评价', exact: true }));
      await button(buyer, '发表').click();
      await shows(buyer.getByRole('alert'), '请选择 1 至 5 星。');
      await buyer.getByRole('radio', { name: '4 星' }).check();
      await buyer.getByLabel('评价内容').fill('上手快，报表清楚。\n导出还可以再快些。');
      await accessible(buyer, 'a review that is written');
      await button(buyer, '发表').dblclick();
      await shows(buyer.locator('#done'), /^已发表/);
      await accessible(buyer, 'a review that is published');

      await visit(browser, market, options, async (vendor) => {
        await begin(vendor, VENDOR, '/console/notices');
        await followNotice(vendor, '4 星评价', '查看评价');
        await shows(vendor.getByRole('article'), /上手快，报表清楚。\n导出还可以再快些。/);
        await vendor.getByRole('button', { name: /^回复/ }).click();
        await vendor.getByLabel('回复', { exact: true }).fill('谢谢，下个版本会更快。');
        await accessible(vendor, 'a review that is being answered');
        await button(vendor, '发表回复').click();
        await shows(vendor.getByRole('article'), /服务商[\s\S]*谢谢，下个版本会更快。/);
        assert.equal(await vendor.getByRole('button', { name: /^回复/ }).count(), 0, 'it is answered once');
        await accessible(vendor, 'an answered review');
      });

      await followNotice(buyer, '服务商回复了您的评价', '查看评价');
      await buyer.getByRole('radio', { name: '5 星' }).check();
      await buyer.getByLabel('评价内容').fill('确实快了。');
      await button(buyer, '发表').click();
      await shows(buyer.getByText('该订单已评价'), /可评价一次、追评一次/);
      await follow(buyer, buyer.getByRole('link', { name: '去看看' }));
      const said = buyer.locator('#reviews');
      await shows(said, /4 星（满分 5 星）[\s\S]*\*\*\*[\s\S]*服务商回复[\s\S]*下个版本会更快[\s\S]*追评[\s\S]*确实快了。/);
      await shows(buyer.getByText('评分 4.0 / 5'), /./);
      await accessible(buyer, "a product's page with reviews");
      // What the server painted stays when the language is switched, and speaks it.
      await buyer.getByRole('link', { name: 'English' }).click();
      await shows(said, /4 of 5 stars[\s\S]*The vendor[\s\S]*Added later/);
      assert.doesNotMatch(await said.innerText(), /服务商回复|追评/);
    });
  });
}

test('older reviews follow on pages of their own; the configuration is kept', async () => {
  const buyer = await Member.of(market, 'demo-buyer-admin');
  for (let n = 1; n <= 6; n++) {
    await buyer.post(`/api/orders/${await fulfilled(market)}/review`, { stars: 5, text: `第 ${n} 条` });
  }
  await visit(browser, market, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${EXAMPLE}?q.yonghushu=10`);
    const said = () => page.locator('#reviews .opinion-text').allInnerTexts();
    const newest = await said();
    assert.equal(newest.length, 5);
    await page.getByRole('link', { name: '更早的评价' }).click();
    const all = [...newest, ...(await said())].sort();
    assert.deepEqual(all, [1, 2, 3, 4, 5, 6].map((n) => `第 ${n} 条`), 'each once');
    assert.equal(await page.getByRole('spinbutton', { name: '用户数' }).inputValue(), '10');
    await page.getByRole('link', { name: '最新评价' }).click();
    assert.deepEqual(await said(), newest);
  });
});

for (const [size, options] of Object.entries(SIZES)) {
  test(`on ${size}: a complaint is sent, answered, decided; everybody is told`, async () => {
    const id = await fulfilled(market);
    await visit(browser, market, options, async (buyer) => {
      await begin(buyer, BUYER, `/account/orders/${id}`);
      await follow(buyer, buyer.getByRole('link', { name: '投诉服务商' }));
      await accessible(buyer, 'nothing complained of');
      await button(buyer, '提交投诉').click();
      assert.equal(await buyer.getByLabel('投诉内容').getAttribute('aria-invalid'), 'true');
      await buyer.getByLabel('投诉内容').fill('三天打不开，没有人回应。');
      await button(buyer, '提交投诉').dblclick();
      await shows(buyer.locator('#standing'), /等待服务商回应/);
      await accessible(buyer, 'a complaint that is open');

      await visit(browser, market, options, async (vendor) => {
        await begin(vendor, VENDOR, '/console/notices');
        await followNotice(vendor, '收到投诉', '查看投诉');
        await vendor.getByRole('button', { name: /^回应：/ }).click();
        await vendor.getByLabel('回应', { exact: true }).fill('证书过期，已更换。');
        await accessible(vendor, 'a complaint that is being answered');
        await button(vendor, '发出回应').click();
        await shows(vendor.getByRole('article'), /待平台裁定[\s\S]*证书过期，已更换。/);
      });
      await visit(browser, market, {}, async (auditor) => {
        await begin(auditor, AUDITOR, '/console/complaints');
        await shows(auditor.getByText('审计账号只读'), /./);
        assert.equal(await auditor.getByRole('article').getByRole('button').count(), 0);
      });
      await visit(browser, market, options, async (operator) => {
        await begin(operator, OPERATOR, '/console/complaints');
        await button(operator, '待裁定').click();
        await operator.getByRole('button', { name: /^裁定：/ }).click();
        await operator.getByLabel('裁定理由').fill('中断属实，服务商已恢复。');
        await button(operator, '作出裁定').click();
        await shows(operator.getByRole('alert'), '请选择结论。');
        await operator.getByRole('radio', { name: '投诉成立' }).check();
        await accessible(operator, 'a complaint that is being decided');
        await button(operator, '作出裁定').dblclick();
        await shows(operator.getByRole('article'), /已结案：投诉成立[\s\S]*平台裁定：投诉成立[\s\S]*中断属实/);
        await accessible(operator, 'a decided complaint');
      });

      await followNotice(buyer, '投诉已结案', '查看投诉');
      await shows(buyer.getByRole('article'), /已结案：投诉成立[\s\S]*证书过期[\s\S]*中断属实，服务商已恢复。/);
      await accessible(buyer, "a buyer's decided complaint");
    });
  });
}

test('a complaint is sent and taken back by the keyboard alone', async () => {
  const id = await fulfilled(market);
  await visit(browser, market, {}, async (page) => {
    await begin(page, BUYER, `/account/orders/${id}/complaint`);
    await tabTo(page, page.getByLabel('投诉内容'));
    await page.keyboard.type('误扣费');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await shows(page.locator('#standing'), /等待服务商回应/);
    await tabTo(page, button(page, '撤回投诉'));
    await page.keyboard.press('Enter');
    await eventually(() => button(page, '保留投诉').evaluate((it) => it === document.activeElement), 'the safe way has the keyboard');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await shows(page.locator('#standing'), /^投诉已撤回/);
    await shows(page.getByRole('heading', { name: '再次投诉' }), /./);
  });
});
