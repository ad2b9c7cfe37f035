// The same sums with decimal.js, the usual way to count money in a React shop.
import Decimal from 'decimal.js';
import { term as parseTerm, tierIndex, endOfService } from '../terms.js';

const ZERO = new Decimal(0);

const compilePrice = (set) => {
  const side = ({ month, year }) => {
    const perMonth = month == null ? null : new Decimal(month);
    return { month: perMonth, year: year == null ? perMonth.times(12) : new Decimal(year) };
  };
  return { new: side(set.new), renew: side(set.renew) };
};

/** The configuration with its prices as decimals; done once. */
export function compile(config) {
  const editions = config.editions.filter((e) => !e.hidden).map((edition) => ({
    ...edition,
    price: compilePrice(edition.price),
    charges: (edition.charges ?? []).map((charge) => charge.kind === 'quantity'
      ? { ...charge, tiers: charge.tiers.map((t) => ({ from: t.from, unit: t.unit && compilePrice(t.unit), flat: t.flat && compilePrice(t.flat) })) }
      : { ...charge, values: charge.values.map((v) => ({ value: v.value, price: compilePrice(v.price) })) }),
  }));
  return {
    editions,
    edition: (code) => editions.find((e) => e.code === code),
    offers: (config.term_offers ?? []).map((o) => ({
      months: parseTerm(o.min_term).months,
      key: o.min_term,
      discount: o.discount == null ? null : new Decimal(o.discount),
      giftDays: o.gift_days ?? 0,
    })).sort((a, b) => b.months - a.months),
    cap: config.price_cap == null ? null : new Decimal(config.price_cap),
  };
}

/** `¥208.00` */
export const money = (amount) => `${amount.isNegative() && !amount.isZero() ? '−' : ''}¥${amount.abs().toFixed(2)}`;

/** `¥1.8`, `¥12`: a unit price in words. */
export const short = (amount) => `¥${amount.toString()}`;

function quantityAmount(charge, quantity, kind, term) {
  const of = (set) => set[kind][term.unit].times(term.n);
  if (charge.tier_mode !== 'graduated') {
    const tier = charge.tiers[tierIndex(charge, quantity)];
    return tier.unit ? of(tier.unit).times(quantity) : of(tier.flat);
  }
  return charge.tiers.reduce((sum, tier, i) => {
    const first = i === 0 ? 1 : tier.from;
    const last = Math.min(quantity, (charge.tiers[i + 1]?.from ?? Infinity) - 1);
    if (last < first) return sum;
    return sum.plus(tier.unit ? of(tier.unit).times(last - first + 1) : of(tier.flat));
  }, ZERO);
}

const optionPrice = (charge, value) => charge.values.find((v) => v.value === value).price;

function amountsOf(offer, edition, selection, kind, term) {
  const amounts = [edition.price[kind][term.unit].times(term.n)];
  for (const charge of edition.charges) {
    amounts.push(charge.kind === 'quantity'
      ? quantityAmount(charge, selection.quantities[charge.key], kind, term)
      : optionPrice(charge, selection.options[charge.key])[kind][term.unit].times(term.n));
  }
  let sum = amounts.reduce((a, b) => a.plus(b), ZERO);
  const best = offer.offers.find((o) => o.months <= term.months);
  const discount = best?.discount
    ? sum.times(new Decimal(1).minus(best.discount)).toDecimalPlaces(2, Decimal.ROUND_HALF_UP).negated()
    : ZERO;
  sum = sum.plus(discount);
  const capped = offer.cap && sum.gt(offer.cap) ? offer.cap.minus(sum) : ZERO;
  return { amounts, discount, capped, price: sum.plus(capped), best };
}

/** The total alone, for the curve and the advice. */
export function total(offer, selection) {
  const edition = offer.edition(selection.edition);
  return amountsOf(offer, edition, selection, 'new', parseTerm(selection.term)).price.times(selection.count);
}

/** Every line with its words, the totals and the end of service. */
export function quote(offer, selection, now) {
  const edition = offer.edition(selection.edition);
  const term = parseTerm(selection.term);
  const { amounts, discount, capped, price, best } = amountsOf(offer, edition, selection, 'new', term);
  const times = term.n > 1 ? ` × ${term.text}` : '';
  const lines = [{ name: edition.name, words: `${short(edition.price.new[term.unit])}/${term.per}${times}`, amount: amounts[0] }];
  edition.charges.forEach((charge, i) => {
    const amount = amounts[i + 1];
    if (charge.kind === 'option') {
      const value = selection.options[charge.key];
      lines.push({ name: charge.name, words: `${value} ${short(optionPrice(charge, value).new[term.unit])}/${term.per}${times}`, amount });
      return;
    }
    const quantity = selection.quantities[charge.key];
    const tier = charge.tiers[tierIndex(charge, quantity)];
    const words = charge.tier_mode === 'graduated' ? `${quantity} ${charge.unit}，分段计价${times}`
      : tier.unit ? `${quantity} ${charge.unit} × ${short(tier.unit.new[term.unit])}/${charge.unit}/${term.per}${times}`
        : `${quantity} ${charge.unit}，整档 ${short(tier.flat.new[term.unit])}/${term.per}${times}`;
    lines.push({ name: charge.name, words, amount });
  });
  if (!discount.isZero()) lines.push({ name: '优惠', words: `${best.discount.times(10)} 折`, amount: discount });
  if (!capped.isZero()) lines.push({ name: '封顶', words: `总价不超过 ${short(offer.cap)}`, amount: capped });
  return {
    lines,
    price,
    total: price.times(selection.count),
    renewal: amountsOf(offer, edition, selection, 'renew', term).price.times(selection.count),
    giftDays: best?.giftDays ?? 0,
    end: endOfService(now, term.months, best?.giftDays ?? 0),
  };
}

/** What would cost less: a larger quantity, or the year instead of its months. Never less than was asked for. */
export function advice(offer, selection, due) {
  const edition = offer.edition(selection.edition);
  for (const charge of edition.charges) {
    if (charge.kind !== 'quantity') continue;
    const asked = selection.quantities[charge.key];
    let best = null;
    for (const { from } of charge.tiers) {
      if (from <= asked) continue;
      const cost = total(offer, { ...selection, quantities: { ...selection.quantities, [charge.key]: from } });
      if (cost.lt(due) && (!best || cost.lt(best.cost))) best = { from, cost };
    }
    if (best) return `${best.from} ${charge.unit}比 ${asked} ${charge.unit}便宜 ${short(due.minus(best.cost))}`;
  }
  const term = parseTerm(selection.term);
  if (term.unit === 'year' && edition.terms.includes('P1M')) {
    const saved = total(offer, { ...selection, term: 'P1M' }).times(term.months).minus(due);
    if (saved.gt(0)) return `${term.text}比 ${term.months} × 1 个月省 ${short(saved)}`;
  }
  return '';
}

/** Users → total as corner points (exact: the total is straight between tiers) up to `last`. */
export function curve(offer, selection, charge, last) {
  const at = (q) => [q, total(offer, { ...selection, quantities: { ...selection.quantities, [charge.key]: q } }).toNumber()];
  return charge.tiers.flatMap((tier, i) => {
    const end = Math.min((charge.tiers[i + 1]?.from ?? last + 1) - 1, last);
    return end > tier.from ? [at(tier.from), at(end)] : [at(tier.from)];
  });
}
