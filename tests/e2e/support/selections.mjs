// Random selections of a published configuration, and the steps of a person who makes them on the product page.

/** Two of the seed's example, as the interface takes it. */
export const SELECTION = {
  edition: 'standard', term: 'P1Y', quantities: { yonghushu: 10 }, options: { xinghao: 'APP+WAP+微信', quyu: '上海' }, count: 2,
};

const TERM_WORDS = { M: '个月', Y: '年' };

/** `P3M` as the page says it. */
export function termWords(term) {
  return `${term.slice(1, -1)} ${TERM_WORDS[term.at(-1)]}`;
}

/** One that can be bought. */
export function randomSelection(config, dice) {
  const edition = dice.pick(config.editions.filter(({ hidden }) => !hidden));
  const charges = edition.charges ?? [];
  const picks = (kind, pick) => Object.fromEntries(charges.filter((charge) => charge.kind === kind).map((charge) => [charge.key, pick(charge)]));
  return {
    edition: edition.code,
    ...(edition.terms && { term: dice.pick(edition.terms) }),
    quantities: picks('quantity', (charge) => randomQuantity(charge, dice)),
    options: picks('option', (charge) => dice.pick(charge.values).value),
    count: dice.onceIn(3) ? dice.between(1, 100) : 1,
  };
}

/** Mostly where prices change: around a tier's beginning, or at a limit. */
function randomQuantity({ tiers, max }, dice) {
  const least = tiers[0].from;
  const most = max ?? Math.max(tiers.at(-1).from * 3, least + 20);
  if (dice.onceIn(3)) return dice.between(least, most);
  const near = dice.onceIn(4) ? most : dice.pick(tiers).from;
  return Math.min(most, Math.max(least, near + dice.between(-1, 1)));
}

/** Clicks and types it, in the order of the page. */
export async function choose(product, config, selection, dice) {
  const edition = config.editions.find(({ code }) => code === selection.edition);
  await product.edition(edition.name).check();
  for (const charge of edition.charges ?? []) {
    if (charge.kind === 'option') await product.option(charge.name, selection.options[charge.key]).check();
    else await fillIn(product.quantity(charge.name), selection.quantities[charge.key], dice);
  }
  if (selection.term) await product.term(termWords(selection.term)).check();
  await fillIn(product.count, selection.count, dice);
}

/** Types a number, or now and then the one before it and an arrow key. */
async function fillIn(field, number, dice) {
  if (number > 1 && dice.onceIn(4)) {
    await field.fill(String(number - 1));
    // Below the minimum a step leads to the minimum.
    await field.press('ArrowUp');
  } else {
    await field.fill(String(number));
  }
}
