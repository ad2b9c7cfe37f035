// Pieces of the page as strings: the build writes the whole page with them, the browser only what an edition changes.
import { term as parseTerm, tierRange, tierIndex } from '../terms.js';
import { money, short } from './price.js';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escape = (text) => String(text).replace(/[&<>"]/g, (c) => ENTITIES[c]);

const radio = (name, value, text, checked, more = '') =>
  `<label class="choice"><input type="radio" name="${escape(name)}" value="${escape(value)}"${checked ? ' checked' : ''}><span>${escape(text)}${more}</span></label>`;

const group = (name, inner) =>
  `<div class="field" role="radiogroup" aria-label="${escape(name)}"><div class="label">${escape(name)}</div><div class="choices">${inner}</div></div>`;

const stepper = (name, label, value, min, max, unit, after = '') =>
  `<div class="field" role="group" aria-label="${escape(label)}"><div class="label">${escape(label)}</div><div class="stepper">` +
  `<button type="button" data-step="-1" data-for="${name}" aria-label="减少 ${escape(label)}">−</button>` +
  `<input type="number" name="${name}" aria-label="${escape(label)}" inputmode="numeric" min="${min}"${max == null ? '' : ` max="${max}"`} value="${value}">` +
  `<button type="button" data-step="1" data-for="${name}" aria-label="增加 ${escape(label)}">＋</button><span class="unit">${escape(unit)}</span></div>${after}</div>`;

export function editions(offer, selection) {
  return group('套餐版本', offer.editions.map((e) => {
    const period = parseTerm(e.terms.at(-1));
    return radio('edition', e.code, e.name, e.code === selection.edition,
      `<small>${short(e.price.new[period.unit])}/${period.per} 起${e.trial_days ? `，试用 ${e.trial_days} 天` : ''}</small>`);
  }).join(''));
}

/** What depends on the edition: terms and charges. */
export function fields(edition, selection) {
  const period = parseTerm(selection.term);
  const terms = group('购买时长', edition.terms.map((t) => radio('term', t, parseTerm(t).text, t === selection.term)).join(''));
  return terms + edition.charges.map((charge) => {
    if (charge.kind === 'option') {
      return group(charge.name, charge.values.map((v) => radio(charge.key, v.value, v.value, v.value === selection.options[charge.key])).join(''));
    }
    const quantity = selection.quantities[charge.key];
    const current = tierIndex(charge, quantity);
    const tiers = charge.tiers.map((_, i) =>
      `<li${i === current ? ' aria-current="true"' : ''}><span>${tierRange(charge, i)}</span> <span class="rate">${tierRate(charge, i, period)}</span></li>`).join('');
    return stepper(charge.key, charge.name, quantity, charge.tiers[0].from, charge.max, charge.unit, `<ul class="tiers">${tiers}</ul>`);
  }).join('');
}

export function tierRate(charge, index, period) {
  const tier = charge.tiers[index];
  return tier.unit ? `${short(tier.unit.new[period.unit])}/${charge.unit}/${period.per}` : `${short(tier.flat.new[period.unit])}/${period.per}`;
}

export const lines = (quote) => quote.lines.map((line) =>
  `<div class="line"><dt>${escape(line.name)} <small>${escape(line.words)}</small></dt><dd>${money(line.amount)}</dd></div>`).join('');

/** Corner points → the path and where a point lies, in a box of 320 × 120. */
export function plot(points, last) {
  const first = points[0][0];
  const top = Math.max(...points.map((p) => p[1])) || 1;
  const x = (q) => 8 + ((q - first) / (last - first || 1)) * 304;
  const y = (v) => 108 - (v / top) * 92;
  return { d: points.map((p, i) => `${i ? 'L' : 'M'}${x(p[0]).toFixed(1)} ${y(p[1]).toFixed(1)}`).join(''), x, y };
}

/** The corner after which the total falls, if any. */
export function cliff(points) {
  return points.find((p, i) => i + 1 < points.length && points[i + 1][1] < p[1] && points[i + 1][0] === p[0] + 1);
}

export function comparison(offer) {
  const head = offer.editions.map((e) => `<th scope="col">${escape(e.name)}</th>`).join('');
  const rows = compareRows(offer).map(([name, cells]) =>
    `<tr><th scope="row">${escape(name)}</th>${cells.map((c) => `<td>${escape(c)}</td>`).join('')}</tr>`).join('');
  return `<table><thead><tr><th scope="col">版本</th>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

function compareRows(offer) {
  const all = (cell) => offer.editions.map(cell);
  const price = (set, unit, per) => (set.new[unit] == null ? '—' : `${short(set.new[unit])}/${per}`);
  const rows = [
    ['按月', all((e) => (e.terms.some((t) => t.endsWith('M')) ? price(e.price, 'month', '月') : '—'))],
    ['按年', all((e) => (e.terms.some((t) => t.endsWith('Y')) ? price(e.price, 'year', '年') : '—'))],
    ['可订购周期', all((e) => e.terms.map((t) => parseTerm(t).text).join('、'))],
    ['试用', all((e) => (e.trial_days ? `${e.trial_days} 天` : '—'))],
  ];
  for (const { key, name } of offer.editions[0].charges) {
    rows.push([name, all((e) => {
      const charge = e.charges.find((c) => c.key === key);
      if (!charge) return '—';
      if (charge.kind === 'option') return charge.values.map((v) => v.value).join('、');
      return `${charge.tiers[0].from} ${charge.unit}起${charge.max ? `，至多 ${charge.max} ${charge.unit}` : ''}`;
    })]);
  }
  return rows;
}

/** The whole page, as a server would send it for the default selection. */
export function page({ product, offer, quote, advice, points, last, quantity, css, script }) {
  const { selection } = product;
  const edition = offer.edition(selection.edition);
  const { d, x, y } = plot(points, last);
  const edge = cliff(points);
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(product.name)}</title>
<link rel="icon" href="data:,">
<style>${css}</style>
<script type="module" src="${script}"></script>
</head>
<body>
<header class="top"><a href="/" class="brand">Quotient</a><nav><a href="/">全部应用</a></nav><button type="button" id="theme" aria-label="切换明暗">◐</button></header>
<main>
<section class="intro"><h1>${escape(product.name)}</h1><p>${escape(product.intro)}</p><p class="muted">${escape(product.support)}</p></section>
<div class="columns">
<form class="configurator" id="form">
${editions(offer, selection)}
<div id="fields">${fields(edition, selection)}</div>
${stepper('count', '购买个数', selection.count, 1, 100, '个')}
<p class="advice" id="advice" role="status">${escape(advice)}</p>
<figure><svg viewBox="0 0 320 120" role="img" aria-label="价格曲线"><path id="path" d="${d}"/><circle id="edge" r="3" cx="${edge ? x(edge[0]).toFixed(1) : -9}" cy="${edge ? y(edge[1]).toFixed(1) : -9}"/><circle id="dot" r="4" cx="${x(quantity).toFixed(1)}" cy="${y(quote.total).toFixed(1)}"/></svg><figcaption>用户数与合计</figcaption></figure>
</form>
<aside class="card" aria-label="报价">
<dl id="lines">${lines(quote)}</dl>
<dl class="facts"><div class="line"><dt>单个价格</dt><dd id="price">${money(quote.price)}</dd></div><div class="line"><dt>续费价</dt><dd id="renewal">${money(quote.renewal)}</dd></div><div class="line"><dt>服务至</dt><dd id="end">${quote.end}</dd></div></dl>
<div class="bar"><div><span class="label" id="total-label">合计</span><output id="total" aria-labelledby="total-label">${money(quote.total)}</output></div><button type="button" class="buy">立即购买</button></div>
</aside>
</div>
<section><h2>版本对比</h2><div class="scroll" tabindex="0" role="region" aria-label="版本对比">${comparison(offer)}</div></section>
<section><h2>商品详情</h2>${product.details.map((p) => `<p>${escape(p)}</p>`).join('')}</section>
</main>
<footer>价格含税，以人民币计。</footer>
<script type="application/json" id="product">${JSON.stringify(product).replace(/</g, '\\u003c')}</script>
</body>
</html>
`;
}
