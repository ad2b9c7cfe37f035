// The account's pages as a person finds them, and what other people do meanwhile, by the interface.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { runs } from './browser.mjs';

/** Signs in on the sign-in page with one click on the account of this person; waits for the page that follows. */
export async function signInAs(page, name) {
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await runs(page);
}

/** A member of the demo market who does things without a browser. */
export class Member {
  #cookie;

  constructor(market, cookie) {
    this.market = market;
    this.#cookie = cookie;
  }

  static async of(market, account) {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${market.url}/api/demo/session`, { method: 'POST', headers, body: JSON.stringify({ account }) });
    assert.equal(response.status, 200, account);
    return new Member(market, response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; '));
  }

  async get(path) {
    const response = await fetch(this.market.url + path, { headers: { cookie: this.#cookie } });
    assert.equal(response.status, 200, path);
    return response.json();
  }

  /** A write; its answer, whatever it is. */
  async post(path, body) {
    return this.#write('POST', path, body);
  }

  async put(path, body) {
    return this.#write('PUT', path, body);
  }

  async #write(method, path, body) {
    const headers = { cookie: this.#cookie, 'idempotency-key': randomUUID(), ...(body && { 'content-type': 'application/json' }) };
    const response = await fetch(this.market.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** Opens by hand whatever is waiting for it; how many there were. */
  async openEverything() {
    const { services } = await this.get('/api/services?state=provisioning');
    for (const { id } of services) await this.post(`/api/services/${id}/opened`);
    return services.length;
  }
}

/** Sets the sandbox's clock forward on the page: by a button of the menu, then the page comes anew. */
export async function setForward(page, words) {
  await page.getByText('拨快时钟', { exact: true }).click();
  const reloaded = page.waitForEvent('load');
  await page.getByRole('group', { name: '拨快', exact: true }).getByRole('button', { name: words, exact: true }).click();
  await reloaded;
  await runs(page);
}

/** Sets the clock to the beginning of a day such as 2027-11-15. */
export async function setToDay(page, day) {
  await page.getByText('拨快时钟', { exact: true }).click();
  await page.getByLabel('拨到某日零点', { exact: true }).fill(day);
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: '拨到这天', exact: true }).click();
  await reloaded;
  await runs(page);
}
