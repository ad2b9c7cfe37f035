// Everybody can use the pages: axe finds nothing in any state, theme and language, nothing is cut from 360 to 1440 px,
// and a thumb hits what it aims at.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { launch, open, visit } from './support/browser.mjs';
import { Market } from './support/market.mjs';
import { STATES } from './support/pages.mjs';

const WIDTHS = [360, 414, 768, 1024, 1440];
const LANGUAGES = ['zh', 'en'];
/** CSS pixels on a phone (WCAG 2.5.5). */
const THUMB = 44;

let market;
let browser;
let axe;
before(async () => {
  const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  [market, browser, axe] = await Promise.all([Market.open(), launch(), readFile(source, 'utf8')]);
});
after(async () => { await browser?.close(); await market?.close(); });

for (const [state, { go, troubles }] of Object.entries(STATES)) {
  test(`${state}: nothing for axe in both themes and languages, nothing cut from ${WIDTHS[0]} to ${WIDTHS.at(-1)} px`, async () => {
    for (const lang of LANGUAGES) {
      await visit(browser, market, { lang, reducedMotion: 'reduce' }, async (page, visitor) => {
        if (troubles) visitor.foresee(troubles);
        await go(page, { url: market.url, lang });
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await findings(page), [], `${state}, ${lang}, ${colorScheme}`);
        }
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          assert.deepEqual(await page.evaluate(cutOff), [], `${state}, ${lang}, ${width} px`);
        }
      });
    }
  });
}

test('on a phone every control of the configurator is as large as a thumb needs', async () => {
  await visit(browser, market, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }, async (page) => {
    await open(page, '/p/data-analytics-2');
    const main = page.getByRole('main');
    for (const role of ['radio', 'spinbutton', 'button']) {
      const controls = main.getByRole(role).filter({ visible: true });
      const sizes = await controls.evaluateAll(targets);
      assert.ok(sizes.length > 0, role);
      const small = sizes.filter(({ width, height }) => width < THUMB || height < THUMB);
      assert.deepEqual(small, [], role);
    }
  });
});

/** What axe finds, WCAG 2.2's target size included, in a form that says where. */
async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    resultTypes: ['violations'],
    rules: { 'target-size': { enabled: true } },
  }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`));
}

/** In the page: what reaches past the right edge, other than inside something that scrolls by itself. */
function cutOff() {
  const root = document.documentElement;
  const wide = innerWidth;
  const found = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
  const scrolls = (element) => element !== root && element !== document.body && /auto|scroll/.test(getComputedStyle(element).overflowX);
  const inScroller = (element) => {
    for (let above = element.parentElement; above; above = above.parentElement) if (scrolls(above)) return true;
    return false;
  };
  for (const element of document.body.querySelectorAll('*')) {
    const { left, right, width, height } = element.getBoundingClientRect();
    if (width > 0 && height > 0 && right > wide + 1 && left < wide && !inScroller(element)) {
      found.push(`${element.outerHTML.slice(0, 100)} ends at ${Math.round(right)} px`);
    }
    // What hides its content cuts it off; what shows it all the same lays it over its neighbours.
    const itself = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1;
    if (itself && element.tagName !== 'INPUT' && !scrolls(element)) {
      found.push(`${element.outerHTML.slice(0, 100)} is ${element.clientWidth} px wide, its content ${element.scrollWidth}`);
    }
  }
  return found;
}

/** In the page: what a thumb can hit for each control; for a radio button that is its whole label. */
function targets(controls) {
  return controls.map((control) => {
    const area = control.type === 'radio' ? control.labels[0] : control;
    const { width, height } = area.getBoundingClientRect();
    return { name: control.outerHTML.slice(0, 120), width: Math.round(width), height: Math.round(height) };
  });
}
