// A purchase total with decimal.js as tight as it can be written (volume tiers with unit prices only): everything that the
// quantity does not change is looked up once. Harder to beat than what the React page does; not how pages are written.
import Decimal from 'decimal.js';
import { compile } from './price.js';
import { term as parseTerm } from '../terms.js';

export function lean(config, selection) {
  const offer = compile(config);
  const edition = offer.edition(selection.edition);
  const { unit, n, months } = parseTerm(selection.term);
  const users = edition.charges.find((c) => c.kind === 'quantity');
  const fixed = edition.charges.filter((c) => c.kind === 'option')
    .map((c) => c.values.find((v) => v.value === selection.options[c.key]).price.new[unit]);
  const best = offer.offers.find((o) => o.months <= months);
  const off = best?.discount ? new Decimal(1).minus(best.discount) : null;
  const { tiers } = users;
  return (quantity) => {
    let i = tiers.length - 1;
    while (i > 0 && tiers[i].from > quantity) i--;
    let sum = edition.price.new[unit].times(n).plus(tiers[i].unit.new[unit].times(n).times(quantity));
    for (const price of fixed) sum = sum.plus(price.times(n));
    if (off) sum = sum.minus(sum.times(off).toDecimalPlaces(2, Decimal.ROUND_HALF_UP));
    if (offer.cap && sum.gt(offer.cap)) sum = offer.cap;
    return sum.times(selection.count).toFixed(2);
  };
}
