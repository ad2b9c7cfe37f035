// The product page as a person finds it: by roles and names (contract, "Accessible names").
import assert from 'node:assert/strict';
import { eventually } from './browser.mjs';

const NAMES = {
  zh: { edition: '套餐版本', term: '购买时长', count: '购买个数', total: '合计', buy: '立即购买', quote: '报价', year: '1 年' },
  en: { edition: 'Edition', term: 'Term', count: 'Count', total: 'Total', buy: 'Buy now', quote: 'Quote', year: '1 year' },
};

export class ProductPage {
  constructor(page, lang = 'zh') {
    const names = NAMES[lang];
    this.page = page;
    this.names = names;
    this.count = this.quantity(names.count);
    this.total = page.getByRole('status', { name: names.total, exact: true });
    this.buy = page.getByRole('button', { name: names.buy, exact: true });
    this.card = page.getByRole('complementary', { name: names.quote, exact: true });
  }

  edition(name) {
    return this.option(this.names.edition, name);
  }

  term(name) {
    return this.option(this.names.term, name);
  }

  option(charge, value) {
    return this.page.getByRole('radiogroup', { name: charge, exact: true }).getByRole('radio', { name: value, exact: true });
  }

  quantity(charge) {
    return this.page.getByRole('spinbutton', { name: charge, exact: true });
  }

  /** Everything that the card shows: lines as they read, and facts by name. */
  async quote() {
    const [total, lines, names, values] = await Promise.all([
      this.total.innerText(),
      this.card.getByRole('listitem').allInnerTexts(),
      this.card.getByRole('term').allInnerTexts(),
      this.card.getByRole('definition').allInnerTexts(),
    ]);
    return { total, lines, facts: Object.fromEntries(names.map((name, index) => [name, values[index]])) };
  }

  /** Waits until the card says so, besides its lines: `续费` and `¥208.00`. */
  async says(fact, expected) {
    let said;
    await eventually(async () => (said = (await this.quote()).facts[fact]) === expected, `${fact} ${expected}`).catch((error) => {
      assert.equal(said, expected, error.message);
    });
  }

  /** The seed's own selection: 10 people for a year, by phone and WeChat, in Shanghai. */
  async chooseTheSeedsExample() {
    await this.edition('标准版').check();
    await this.term(this.names.year).check();
    await this.quantity('用户数').fill('10');
    await this.option('型号', 'APP+WAP+微信').check();
    await this.option('区域', '上海').check();
  }
}
