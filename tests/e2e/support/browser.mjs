// Chromium, and visitors in it whose every trouble (console error, uncaught exception, CSP violation) fails the test.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

/** Milliseconds until what a page should show has to be there. */
const PATIENCE = 10_000;

/** Debian's Chromium, or the one that the environment names. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.QUOTIENT_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}

/**
 * Opens a page of a context of its own, lets `journey(page, visitor)` use it, and holds that nothing went wrong behind
 * the scenes. `lang` and `theme` are what a visitor chose before; `options` go to Playwright.
 */
export async function visit(browser, market, { lang, theme, ...options }, journey) {
  const context = await browser.newContext({ baseURL: market.url, locale: 'zh-CN', viewport: { width: 1280, height: 900 }, ...options });
  const chosen = Object.entries({ lang, theme }).filter(([, value]) => value);
  await context.addCookies(chosen.map(([name, value]) => ({ name, value, url: market.url })));
  await context.addInitScript(announceStart);
  const visitor = new Visitor(context);
  try {
    const page = await context.newPage();
    await journey(page, visitor);
    visitor.assertNoTroubles();
  } finally {
    await context.close();
  }
}

/** In the page: the loader's event and the browser's reports are kept where a test can ask for them. */
function announceStart() {
  addEventListener('TrunkApplicationStarted', () => { globalThis.storefrontRuns = true; });
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
}

class Visitor {
  #troubles = [];
  #foreseen = [];

  constructor(context) {
    this.context = context;
    context.on('weberror', (error) => this.#troubles.push(`uncaught: ${error.error().stack}`));
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        this.#troubles.push(`${message.type()}: ${message.text()} ${message.location().url ?? ''}`);
      }
    });
  }

  /** A trouble that the journey itself makes: Chromium writes every failed request to the console. */
  foresee(pattern) {
    this.#foreseen.push(pattern);
  }

  assertNoTroubles() {
    const troubles = this.#troubles.filter((trouble) => !this.#foreseen.some((pattern) => pattern.test(trouble)));
    assert.deepEqual(troubles, [], 'the console should be silent');
  }
}

/** Goes to an address and waits until the page follows clicks. */
export async function open(page, path) {
  const response = await page.goto(path);
  await runs(page);
  return response;
}

/** Until the storefront has taken over from the server's first paint. */
export async function runs(page) {
  await page.waitForFunction(() => globalThis.storefrontRuns === true);
}

/** Waits until exactly this text is shown there: a string, or a pattern. */
export async function shows(locator, expected) {
  const isThere = (text) => typeof expected === 'string' ? text === expected : text !== null && expected.test(text);
  let text = await shown(locator);
  for (const since = Date.now(); !isThere(text) && Date.now() - since < PATIENCE;) {
    await sleep(25);
    text = await shown(locator);
  }
  if (typeof expected === 'string') assert.equal(text, expected);
  else assert.match(text ?? 'nothing', expected);
}

/** What is read there now; null where nothing is. */
async function shown(locator) {
  const texts = await locator.filter({ visible: true }).allInnerTexts();
  assert.ok(texts.length <= 1, `one place should be meant, there are ${texts.length}: ${JSON.stringify(texts)}`);
  return texts.length === 1 ? texts[0].trim() : null;
}

/** Waits until `condition()` holds. */
export async function eventually(condition, what) {
  for (const since = Date.now(); !(await condition());) {
    assert.ok(Date.now() - since < PATIENCE, `in time: ${what}`);
    await sleep(25);
  }
}

/** Presses Tab until the keyboard is at `locator`. */
export async function tabTo(page, locator) {
  for (let presses = 0; presses < 80; presses++) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the Tab key never reaches ${locator}`);
}
