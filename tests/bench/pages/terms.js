// What both yardstick pages share: words and dates, nothing that counts money.

/** `P6M` → what a page needs to know of it. */
export function term(code) {
  const n = Number(code.slice(1, -1));
  return code.endsWith('Y')
    ? { code, n, unit: 'year', months: n * 12, text: `${n}年`, per: '年' }
    : { code, n, unit: 'month', months: n, text: `${n}个月`, per: '月' };
}

/** The same local time some calendar months later, clamped to the month's length, then the gift days. */
export function endOfService(from, months, giftDays) {
  const end = new Date(from);
  end.setDate(1);
  end.setMonth(end.getMonth() + months);
  const last = new Date(end.getFullYear(), end.getMonth() + 1, 0).getDate();
  end.setDate(Math.min(from.getDate(), last) + giftDays);
  return `${end.getFullYear()}-${String(end.getMonth() + 1).padStart(2, '0')}-${String(end.getDate()).padStart(2, '0')}`;
}

/** The same wishes in another edition, as far as it sells them. */
export function carryOver(edition, selection) {
  const next = { edition: edition.code, term: selection.term, quantities: {}, options: {}, count: selection.count };
  if (!edition.terms.includes(next.term)) next.term = edition.terms.at(-1);
  for (const charge of edition.charges ?? []) {
    if (charge.kind === 'quantity') {
      next.quantities[charge.key] = within(charge, selection.quantities[charge.key] ?? 0);
    } else {
      const wish = selection.options[charge.key];
      next.options[charge.key] = charge.values.some((v) => v.value === wish) ? wish : charge.values[0].value;
    }
  }
  return next;
}

/** A quantity that the charge allows. */
export function within(charge, quantity) {
  return Math.min(Math.max(Math.trunc(quantity) || 0, charge.tiers[0].from), charge.max ?? 1e9);
}

/** The index of the tier that a quantity falls in. */
export function tierIndex(charge, quantity) {
  let index = 0;
  for (let i = 1; i < charge.tiers.length && charge.tiers[i].from <= quantity; i++) index = i;
  return index;
}

/** `5–9 人`, `≥ 10 人`. */
export function tierRange(charge, index) {
  const { from } = charge.tiers[index];
  const next = charge.tiers[index + 1];
  if (!next) return `≥ ${from} ${charge.unit}`;
  return next.from - 1 === from ? `${from} ${charge.unit}` : `${from}–${next.from - 1} ${charge.unit}`;
}

/** The selection as an address that opens the same configuration. */
export function address(selection) {
  const query = new URLSearchParams({ edition: selection.edition, term: selection.term, count: selection.count });
  for (const [key, value] of Object.entries({ ...selection.quantities, ...selection.options })) query.set(key, value);
  return `?${query}`;
}
