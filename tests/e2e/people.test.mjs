// One's account and one's colleagues: inviting, joining by the link, passwords, tokens for machines, and what each role sees.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, runs, shows, visit } from './support/browser.mjs';
import { SIZES, accessible } from './support/buying.mjs';
import { Market } from './support/market.mjs';

let market;
let browser;
before(async () => { [market, browser] = await Promise.all([Market.open(), launch()]); });
after(async () => { await browser?.close(); await market?.close(); });

async function as(page, account, path) {
  assert.ok((await page.request.post('/api/demo/session', { data: { account } })).ok());
  await open(page, path);
}

for (const [size, options] of Object.entries(SIZES)) {
  test(`on ${size}: a colleague is invited by link, joins, changes the password and leaves everywhere`, async () => {
    const email = `zhang.${size.replaceAll(' ', '-')}@enterprise.example`;
    let link;
    await visit(browser, market, options, async (page) => {
      await as(page, 'demo-buyer-admin', '/account/services');
      await page.getByRole('navigation', { name: '我的账户' }).getByRole('link', { name: '设置', exact: true }).click();
      await runs(page);
      await page.getByRole('navigation', { name: '账户设置' }).getByRole('link', { name: '成员' }).click();
      await runs(page);
      await shows(page.getByRole('heading', { name: /位成员$/ }), /\d 位成员/);
      await page.getByRole('radio', { name: '企业财务' }).check();
      await page.getByLabel('邮箱（可选）', { exact: true }).fill(email);
      await page.getByRole('button', { name: '生成邀请链接', exact: true }).click();
      const shown = page.getByLabel('邀请链接', { exact: true });
      await shown.waitFor();
      link = await shown.inputValue();
      assert.match(link, new RegExp(`^${market.url}/invitation/[\\w-]+$`));
      await shows(page.getByRole('listitem').filter({ hasText: email }), /待接受/);
      await accessible(page, 'members');
    });

    await visit(browser, market, options, async (page, visitor) => {
      visitor.foresee(/40[14] \(|422 \(/);
      await open(page, link);
      await shows(page.getByRole('heading', { level: 1 }), /^加入上海晨光贸易有限公司/);
      await accessible(page, 'an invitation');
      await page.getByRole('button', { name: '接受邀请', exact: true }).click();
      await shows(page.getByText('请填写姓名。'), /./);
      await page.getByLabel('姓名', { exact: true }).fill('张伟');
      await page.getByLabel('设置密码', { exact: true }).fill('correct horse battery');
      await page.getByRole('button', { name: '接受邀请', exact: true }).click();
      await page.waitForURL('**/account/services');
      await runs(page);

      // Finance sees to nobody; the pages say so.
      await open(page, '/account/settings/members');
      await shows(page.getByText('您的角色不能查看成员'), /管理员/);
      await open(page, '/account/settings');
      await accessible(page, 'settings');
      const change = page.getByRole('button', { name: '修改密码', exact: true });
      await page.getByLabel('当前密码', { exact: true }).fill('not that one');
      await page.getByLabel('新密码', { exact: true }).fill('another horse battery');
      await page.getByLabel('再输一次新密码', { exact: true }).fill('another horse battery');
      await change.click();
      await shows(page.locator('#password-said'), '当前密码不正确。');
      await page.getByLabel('当前密码', { exact: true }).fill('correct horse battery');
      await change.click();
      await shows(page.locator('#password-said'), /^密码已修改/);
      await page.getByRole('main').getByRole('button', { name: '退出所有设备', exact: true }).click();
      await page.waitForURL('**/sign-in');
      await runs(page);
      await page.getByLabel('邮箱', { exact: true }).fill(email);
      await page.getByLabel('密码', { exact: true }).fill('another horse battery');
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await page.waitForURL('**/account/services');

      // The link was good for one.
      await open(page, link);
      await shows(page.getByRole('heading', { level: 1 }), '邀请无效');
      await accessible(page, 'a used invitation');
    });

    await visit(browser, market, options, async (page) => {
      await as(page, 'demo-buyer-admin', '/account/settings/members');
      await shows(page.getByRole('region', { name: '已发出的邀请' }).getByRole('listitem').filter({ hasText: email }), /张伟 已加入/);
    });
  });
}

test('a token is shown once, works, and is revoked', async () => {
  await visit(browser, market, {}, async (page) => {
    await as(page, 'demo-isv-owner', '/account/settings/tokens');
    await page.getByLabel('用途', { exact: true }).fill('对账程序');
    await page.getByRole('button', { name: '创建令牌', exact: true }).click();
    const shown = page.getByLabel('访问令牌', { exact: true });
    await shown.waitFor();
    const secret = await shown.inputValue();
    await accessible(page, 'a token that was made');
    const ask = () => fetch(`${market.url}/api/orders`, { headers: { authorization: `Bearer ${secret}` } });
    assert.equal((await ask()).status, 200);
    await page.reload();
    await runs(page);
    const row = page.getByRole('listitem').filter({ hasText: '对账程序' });
    await shows(row, /读取[\s\S]*上次使用/);
    assert.equal(await page.getByText(secret).count(), 0);
    await page.getByRole('button', { name: '吊销 对账程序', exact: true }).click();
    await accessible(page, 'revoking');
    await page.getByRole('button', { name: '确定吊销', exact: true }).click();
    await shows(page.getByText('还没有访问令牌。'), /./);
    assert.equal((await ask()).status, 401);
  });
});

test('an auditor sees members, changes nothing, and is told so', async () => {
  await visit(browser, market, { lang: 'en' }, async (page) => {
    await as(page, 'demo-auditor', '/account/settings/members');
    await shows(page.getByText('An auditor reads only'), /./);
    assert.equal(await page.getByRole('button', { name: 'Make a link' }).count(), 0);
    await accessible(page, "an auditor's members");
    await open(page, '/account/settings/tokens');
    await shows(page.getByText('API tokens are for administrators'), /./);
  });
});
