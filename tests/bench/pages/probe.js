// Runs in the page before any of its own scripts. It finds things only as a person does: by role and accessible name.
(() => {
  const probe = { price: null, usable: null, shift: 0, shifts: [] };
  window.__probe = probe;
  const PRICE = /¥\s?\d[\d,]*\.\d{2}/;

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      probe.shift += entry.value;
      probe.shifts.push({ value: entry.value, at: entry.startTime, of: entry.sources?.map((s) => s.node?.outerHTML?.slice(0, 80)) });
    }
  }).observe({ type: 'layout-shift', buffered: true });

  // ---- The first price. In every frame, just before it is painted: is a price in view? Then the browser's own
  // element timing says when that text reached the screen.
  new PerformanceObserver((list) => {
    const entry = list.getEntries().find((e) => e.identifier === 'first-price');
    if (entry && !probe.price) probe.price = { at: entry.renderTime || entry.startTime, by: 'element timing', text: probe.found };
  }).observe({ type: 'element', buffered: true });

  function priceInView() {
    if (!document.body) return null;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.includes('¥')) continue;
      const element = node.parentElement;
      if (/^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/.test(element.tagName)) continue;
      // The total or a line of the quote: the text is a price and nothing else, so not "¥12/年 起".
      if (!PRICE.test(element.textContent) || element.textContent.trim().length > 16) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const box = element.getBoundingClientRect();
      if (box.width && box.height && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth) return element;
    }
    return null;
  }

  function lookForPrice() {
    const element = priceInView();
    if (!element) {
      requestAnimationFrame(lookForPrice);
      return;
    }
    // The browser keeps text timings by the block that holds the text.
    let block = element;
    while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
    block.setAttribute('elementtiming', 'first-price');
    probe.found = element.textContent.trim();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const at = performance.now();
      // Only if the browser gives no element timing: no sooner than the first contentful paint.
      setTimeout(() => {
        const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
        probe.price ??= { at: Math.max(at, first), by: 'frame', text: probe.found };
      }, 1000);
    };
    port2.postMessage(null);
  }
  requestAnimationFrame(lookForPrice);

  // ---- Finding by accessible name (as far as these pages need it).
  const text = (element) => element?.textContent.replace(/\s+/g, ' ').trim() ?? '';
  function nameOf(element) {
    const by = element.getAttribute('aria-labelledby');
    if (by) return by.split(/\s+/).map((id) => text(document.getElementById(id))).join(' ').trim();
    if (element.hasAttribute('aria-label')) return element.getAttribute('aria-label').trim();
    if (element.labels?.length) return [...element.labels].map(text).join(' ');
    if (element.tagName === 'FIELDSET') return text(element.querySelector('legend'));
    return text(element);
  }
  const named = (selector, name, within = document) => [...within.querySelectorAll(selector)].find((e) => nameOf(e) === name);
  const find = {
    total: () => named('output, [role="status"]', '合计'),
    users: () => named('input[type="number"], [role="spinbutton"], input[role="spinbutton"]', '用户数'),
    /** `增加` or `减少`: the button nearest to the users' spin button. */
    step(verb) {
      for (let at = find.users()?.parentElement; at; at = at.parentElement) {
        const button = [...at.querySelectorAll('button')].find((b) => nameOf(b).startsWith(verb));
        if (button) return button;
      }
      return undefined;
    },
    radios(name) {
      const group = named('fieldset, [role="radiogroup"]', name);
      return group ? [...group.querySelectorAll('input[type="radio"], [role="radio"]')] : [];
    },
  };
  const amount = (element) => element?.textContent.match(/\d[\d,]*\.\d{2}/)?.[0] ?? null;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  // A click that comes too early must not lead away from the page.
  addEventListener('submit', (event) => event.preventDefault());

  /** Clicks ＋ in every painted frame until a click changes the total by the next frame, twice running. */
  probe.untilUsable = async () => {
    let first = null;
    for (;;) {
      const button = probe.price || probe.found ? find.step('增加') : null;
      const total = find.total();
      const before = amount(total);
      const at = performance.now();
      if (!button || before === null) {
        await frame();
        first = null;
        continue;
      }
      button.click();
      await frame();
      const after = amount(find.total());
      if (after === null || after === before) first = null;
      else if (first === null) first = at;
      else {
        probe.usable = first;
        return;
      }
    }
  };

  /** One click: from its dispatch to the moment the output's text is another. */
  async function timed(element, total) {
    const before = total.textContent;
    let changed;
    const seen = new Promise((resolve) => { changed = resolve; });
    const observer = new MutationObserver(() => { if (total.textContent !== before) changed(performance.now()); });
    observer.observe(total, { childList: true, characterData: true, subtree: true });
    const settled = new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      probe.post = () => port2.postMessage(null);
    });
    const start = performance.now();
    element.click();
    const sync = total.textContent !== before ? performance.now() : null;
    probe.post();
    const at = sync ?? await Promise.race([seen, new Promise((resolve) => setTimeout(resolve, 500, null))]);
    observer.disconnect();
    if (at === null) throw new Error(`a click on ${nameOf(element)} did not change the total ${before}`);
    return { total: at - start, settled: await settled - start };
  }

  /** Clicks in turn ＋, another 型号, ＋, the first 型号, －, …: every one changes the total. */
  probe.clicks = async (count) => {
    const models = () => find.radios('型号');
    const results = [];
    for (let i = 0; i < count; i++) {
      const radios = models();
      const checked = radios.findIndex((r) => r.checked ?? r.getAttribute('aria-checked') === 'true');
      const element = i % 2 ? radios[(checked + 1) % radios.length] : find.step(Math.floor(i / 2) % 2 ? '减少' : '增加');
      const total = find.total();
      if (!element || !total) throw new Error('the configurator was not found by its accessible names');
      results.push(await timed(element, total));
      await new Promise((resolve) => setTimeout(resolve));
    }
    return results;
  };
})();
