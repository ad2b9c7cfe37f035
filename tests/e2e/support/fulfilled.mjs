// An order that was paid and opened, made by the interface.
import { Member } from './account.mjs';
import { SELECTION } from './selections.mjs';
import { quotation } from './stock.mjs';

/** The id of a new order for the example, paid by transfer and all of it opened. */
export async function fulfilled(market, selection = SELECTION) {
  const [buyer, isv, operator] = await Promise.all(
    ['demo-buyer-admin', 'demo-isv-owner', 'demo-operator-1'].map((account) => Member.of(market, account)),
  );
  const quote = await quotation(buyer, 'data-analytics-2', selection);
  const { id } = await buyer.post('/api/orders', { quote, method: 'transfer', agreement: 1 });
  const { transfer } = await buyer.get(`/api/orders/${id}`);
  await operator.post(`/api/transfers/${transfer.reference}/confirm`, { amount: transfer.missing });
  await isv.openEverything();
  return id;
}
