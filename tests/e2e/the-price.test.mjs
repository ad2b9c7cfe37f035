// A buyer finds the seed's example, configures it and reads its price: with the mouse, with the keyboard, without network.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, launch, open, runs, shows, tabTo, visit } from './support/browser.mjs';
import { Market } from './support/market.mjs';
import { ProductPage } from './support/product-page.mjs';

const EXAMPLE = '/p/data-analytics-2';

let market;
let browser;
before(async () => { [market, browser] = await Promise.all([Market.open(), launch()]); });
after(async () => { await browser?.close(); await market?.close(); });

test('from the home page to ¥208.00, whose every line is shown', async () => {
  await visit(browser, market, {}, async (page) => {
    await open(page, '/');
    await page.getByRole('searchbox', { name: '搜索应用' }).fill('演示例子2');
    await shows(page.getByRole('search').getByRole('status'), '1 个应用');
    await page.getByRole('link', { name: '数据分析软件(演示例子2)' }).click();
    await page.waitForURL(`**${EXAMPLE}`);
    await runs(page);
    await shows(page.getByRole('heading', { level: 1 }), '数据分析软件(演示例子2)');

    const product = new ProductPage(page);
    await product.chooseTheSeedsExample();
    await shows(product.total, '¥208.00');
    await product.says('续费', '¥208.00');
    const { lines } = await product.quote();
    const read = lines.map((line) => line.replace(/\s+/g, ' '));
    assert.deepEqual(read, [
      '标准版 ¥12.00 ¥12/年', '用户数 ¥100.00 10 人 × ¥10/人/年', '型号：APP+WAP+微信 ¥60.00 ¥60/年', '区域：上海 ¥36.00 ¥36/年',
    ]);
  });
});

test('9 people: the page says that 10 would cost ¥8 less, and takes the advice', async () => {
  await visit(browser, market, {}, async (page) => {
    await open(page, EXAMPLE);
    const product = new ProductPage(page);
    await product.chooseTheSeedsExample();
    const users = product.quantity('用户数');
    await users.fill('9');
    await shows(product.total, '¥216.00');
    await shows(page.getByText('10 人比 9 人便宜'), '10 人比 9 人便宜 ¥8');
    await page.getByRole('button', { name: '改为 10 人' }).click();
    await shows(product.total, '¥208.00');
    assert.equal(await users.inputValue(), '10');
    assert.equal(await page.getByText('便宜').filter({ visible: true }).count(), 0, 'the advice has been taken');
  });
});

test('an edition that sells fewer than are wanted has no price beside the others', async () => {
  await visit(browser, market, {}, async (page) => {
    await open(page, '/p/team-approval');
    const product = new ProductPage(page);
    await product.edition('集团版').check();
    const team = (price) => page.getByRole('radio', { name: '团队版', description: price });
    await product.quantity('使用人数').fill('5000');
    // 5000 × 6 × 12 × 0.9 would be 324,000: the cap.
    await eventually(async () => await team(/^¥99999\.00/).count() === 1, 'the price of 5000');
    await product.quantity('使用人数').fill('5001');
    await eventually(async () => await team(/^—.*3–5000 人/).count() === 1, 'no price, and how many it sells');
  });
});

test('the first demo: a year for ¥10.00, its renewal ¥100.00', async () => {
  await visit(browser, market, {}, async (page) => {
    await open(page, '/p/data-analytics-1');
    const product = new ProductPage(page);
    await product.edition('标准版').check();
    await product.term('1 年').check();
    await shows(product.total, '¥10.00');
    await product.says('续费', '¥100.00');
  });
});

test('with the network cut after the load prices still follow the clicks', async () => {
  await visit(browser, market, {}, async (page, visitor) => {
    await open(page, EXAMPLE);
    await visitor.context.setOffline(true);
    const product = new ProductPage(page);
    await product.chooseTheSeedsExample();
    await shows(product.total, '¥208.00');
    await product.edition('高级版').check();
    await product.quantity('用户数').fill('50');
    // 300 + 50 × 18 + 60 + 36
    await shows(product.total, '¥1296.00');
    await page.getByRole('button', { name: '增加用户数' }).click();
    await shows(product.total, '¥1314.00');
  });
});

test('what is wrong is said at its field and takes the total away until it is right', async () => {
  await visit(browser, market, {}, async (page) => {
    await open(page, EXAMPLE);
    const product = new ProductPage(page);
    const users = product.quantity('用户数');
    await users.fill('4');
    await shows(product.total, '—');
    assert.equal(await users.getAttribute('aria-invalid'), 'true');
    const described = await page.getByRole('spinbutton', { name: '用户数', description: /5/ }).count();
    assert.equal(described, 1, 'what is wrong describes the field');
    await product.buy.click();
    await eventually(() => users.evaluate((input) => input === document.activeElement), 'buying leads to the field that is wrong');
    await users.fill('１０');
    assert.equal(await users.getAttribute('aria-invalid'), 'false', 'digits of a Chinese keyboard are digits');
    await shows(product.total, '¥172.00');
  });
});

test('the address carries the selection: copied to somebody else, and through back and forward', async () => {
  let address;
  await visit(browser, market, {}, async (page) => {
    await open(page, '/');
    await page.getByRole('link', { name: '数据分析软件(演示例子2)' }).click();
    await runs(page);
    const product = new ProductPage(page);
    await product.chooseTheSeedsExample();
    await product.count.fill('3');
    await shows(product.total, '¥624.00');
    // The address follows the price, once nobody has clicked for a moment.
    await page.waitForURL((url) => url.searchParams.get('count') === '3');
    address = page.url();

    await page.goBack();
    await shows(page.getByRole('heading', { level: 1 }), '企业应用市场');
    await page.goForward();
    await runs(page);
    await shows(product.total, '¥624.00');
    assert.equal(page.url(), address);
  });
  await visit(browser, market, {}, async (page) => {
    await open(page, address);
    const product = new ProductPage(page);
    await shows(product.total, '¥624.00');
    assert.equal(await product.quantity('用户数').inputValue(), '10');
    assert.equal(await product.count.inputValue(), '3');
    for (const chosen of [product.edition('标准版'), product.term('1 年'), product.option('型号', 'APP+WAP+微信'), product.option('区域', '上海')]) {
      assert.ok(await chosen.isChecked(), `${chosen}`);
    }
  });
});

test('the keyboard alone can do it all', async () => {
  await visit(browser, market, {}, async (page) => {
    await open(page, '/');
    const { keyboard } = page;
    await keyboard.press('Tab');
    assert.ok(await page.getByRole('link', { name: '跳到正文' }).evaluate((link) => link === document.activeElement), 'the first stop skips the header');
    await tabTo(page, page.getByRole('link', { name: '数据分析软件(演示例子2)' }));
    await keyboard.press('Enter');
    await page.waitForURL(`**${EXAMPLE}`);
    await runs(page);

    const product = new ProductPage(page);
    await tabTo(page, product.edition('标准版'));
    await keyboard.press('ArrowRight');
    assert.ok(await product.edition('高级版').isChecked());
    await keyboard.press('ArrowLeft');
    assert.ok(await product.edition('标准版').isChecked());
    await tabTo(page, product.quantity('用户数'));
    await keyboard.press('ControlOrMeta+a');
    await keyboard.type('8');
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowUp');
    assert.equal(await product.quantity('用户数').inputValue(), '10');
    await tabTo(page, product.option('型号', 'APP+WAP'));
    await keyboard.press('ArrowDown');
    await tabTo(page, product.option('区域', '北京'));
    await keyboard.press('ArrowDown');
    assert.ok(await product.term('1 年').isChecked());
    await shows(product.total, '¥208.00');
    await tabTo(page, product.buy);
    await keyboard.press('Enter');
    await page.waitForURL('**/quote/*');
    await shows(page.getByRole('status', { name: '合计' }), '¥208.00');
  });
});

test('in English everything has its English name, also after a reload', async () => {
  await visit(browser, market, {}, async (page) => {
    await open(page, EXAMPLE);
    await new ProductPage(page).chooseTheSeedsExample();
    await page.getByRole('link', { name: 'English' }).click();
    const product = new ProductPage(page, 'en');
    for (let loads = 0; loads < 2; loads++) {
      await shows(product.total, '¥208.00');
      await product.says('Renewal', '¥208.00');
      assert.ok(await product.term('1 year').isChecked());
      assert.equal(await product.count.inputValue(), '1');
      assert.ok(await product.buy.isVisible());
      await page.reload();
      await runs(page);
    }
    await product.quantity('用户数').fill('9');
    await shows(page.getByText('cost ¥8 less'), '10 人 cost ¥8 less than 9 人');
    await page.getByRole('link', { name: '中文' }).click();
    await shows(new ProductPage(page).total, '¥216.00');
  });
});

test('the theme is the system\'s until one is chosen, which holds from the first paint of the next page on', async () => {
  await visit(browser, market, { colorScheme: 'dark' }, async (page) => {
    const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
    await open(page, '/');
    const dark = await ink();
    await page.getByRole('button', { name: '切换深浅主题' }).click();
    await eventually(async () => await ink() !== dark, 'the theme changes');
    const light = await ink();
    await page.reload({ waitUntil: 'commit' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await ink(), light);
    await runs(page);
    assert.equal(await ink(), light);
  });
});
