import { compile, quote, advice, curve, money } from './price.js';
import { fields, lines, plot, cliff, tierRate } from './markup.js';
import { address, carryOver, term as parseTerm, tierIndex, within } from '../terms.js';

const $ = (id) => document.getElementById(id);
const product = JSON.parse($('product').textContent);
const offer = compile(product.config);
const form = $('form');
let selection = product.selection;
let edition = offer.edition(selection.edition);
let plotted = { key: '' };
let pushing = 0;

const set = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

function render() {
  const result = quote(offer, selection, new Date());
  set($('total'), money(result.total));
  set($('price'), money(result.price));
  set($('renewal'), money(result.renewal));
  set($('end'), result.giftDays ? `${result.end}（含赠送 ${result.giftDays} 天）` : result.end);
  const list = $('lines');
  if (list.children.length === result.lines.length) {
    result.lines.forEach((line, i) => {
      const row = list.children[i];
      set(row.firstChild.firstChild, `${line.name} `);
      set(row.firstChild.lastChild, line.words);
      set(row.lastChild, money(line.amount));
    });
  } else {
    list.innerHTML = lines(result);
  }
  set($('advice'), advice(offer, selection, result.total));
  for (const charge of edition.charges) {
    if (charge.kind === 'quantity') renderTiers(charge);
  }
  renderCurve(result);
  clearTimeout(pushing);
  pushing = setTimeout(() => history.replaceState(null, '', address(selection)), 250);
}

function renderTiers(charge) {
  const input = form.elements[charge.key];
  const period = parseTerm(selection.term);
  const current = tierIndex(charge, selection.quantities[charge.key]);
  const items = input.closest('.field').querySelector('.tiers').children;
  for (let i = 0; i < items.length; i++) {
    if (i === current) items[i].setAttribute('aria-current', 'true');
    else items[i].removeAttribute('aria-current');
    set(items[i].lastChild, tierRate(charge, i, period));
  }
}

function renderCurve(result) {
  const charge = edition.charges.find((c) => c.kind === 'quantity');
  if (!charge) return;
  const quantity = selection.quantities[charge.key];
  const last = Math.min(Math.max(60, charge.tiers.at(-1).from * 2, quantity), charge.max ?? 1e9);
  const key = JSON.stringify([selection.edition, selection.term, selection.options, selection.count, last]);
  if (key !== plotted.key) {
    const points = curve(offer, selection, charge, last);
    plotted = { key, ...plot(points, last) };
    $('path').setAttribute('d', plotted.d);
    const edge = cliff(points);
    $('edge').setAttribute('cx', edge ? plotted.x(edge[0]).toFixed(1) : -9);
    $('edge').setAttribute('cy', edge ? plotted.y(edge[1]).toFixed(1) : -9);
  }
  $('dot').setAttribute('cx', plotted.x(quantity).toFixed(1));
  $('dot').setAttribute('cy', plotted.y(result.total).toFixed(1));
}

function setNumber(name, value) {
  if (name === 'count') {
    selection = { ...selection, count: Math.min(Math.max(Math.trunc(value) || 1, 1), 100) };
    return selection.count;
  }
  const quantity = within(edition.charges.find((c) => c.key === name), value);
  selection = { ...selection, quantities: { ...selection.quantities, [name]: quantity } };
  return quantity;
}

form.addEventListener('click', (event) => {
  const { step, for: name } = event.target.dataset;
  if (!step) return;
  const input = form.elements[name];
  input.value = setNumber(name, Number(input.value) + Number(step));
  render();
});

form.addEventListener('change', ({ target }) => {
  const { name, value } = target;
  if (name === 'edition') {
    edition = offer.edition(value);
    selection = carryOver(edition, selection);
    $('fields').innerHTML = fields(edition, selection);
  } else if (name === 'term') {
    selection = { ...selection, term: value };
  } else if (target.type === 'number') {
    target.value = setNumber(name, Number(value));
  } else {
    selection = { ...selection, options: { ...selection.options, [name]: value } };
  }
  render();
});

form.addEventListener('submit', (event) => event.preventDefault());

$('theme').addEventListener('click', () => {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
});
