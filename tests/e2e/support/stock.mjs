// A demo enterprise with something in every state, made by the interface: what the account's pages are looked at with.
import { Member } from './account.mjs';
import { SELECTION } from './selections.mjs';

const ONCE = { edition: 'basic', quantities: { volume: 5 }, options: { acceptance: '抽样验收' }, count: 1 };

/** Address of a market → what was made there. */
const made = new Map();

/** The ids of what the market has; made when it is first asked for. */
export function stock(market) {
  if (!made.has(market.url)) made.set(market.url, make(market));
  return made.get(market.url);
}

/** A new quotation of the example, or of another product, for the demo enterprise. */
export async function quotation(buyer, product = 'data-analytics-2', selection = SELECTION) {
  return (await buyer.post('/api/quotes', { product, selection })).id;
}

async function make(market) {
  const [buyer, isv, operator] = await Promise.all(
    ['demo-buyer-admin', 'demo-isv-owner', 'demo-operator-1'].map((account) => Member.of(market, account)),
  );
  const order = async (method, ...what) => {
    const { id } = await buyer.post('/api/orders', { quote: await quotation(buyer, ...what), method, agreement: 1 });
    return id;
  };
  /** Has the provider play this; the payment's id. */
  const play = async (id, play) => {
    const { address } = await buyer.post(`/api/orders/${id}/pay`, { method: 'sandbox' });
    const payment = address.split('/').at(-1);
    if (play) await buyer.post(`/api/sandbox/payments/${payment}`, { play });
    return payment;
  };
  const running = await order('sandbox');
  const once = await order('sandbox', 'document-migration', ONCE);
  for (const id of [running, once]) await play(id, 'pay');
  await isv.openEverything();
  const review = await buyer.post(`/api/orders/${running}/review`, { stars: 4, text: '上手快，报表清楚。\n导出还可以再快些。' });
  await isv.post(`/api/reviews/${review.id}/answer`, { to: 'first', text: '谢谢，下个版本会更快。' });
  await buyer.post(`/api/reviews/${review.id}/follow-up`, { stars: 5, text: '确实快了。' });
  const complaint = await buyer.post(`/api/orders/${running}/complaint`, { text: '三天打不开，没有人回应。' });
  await isv.post(`/api/complaints/${complaint.id}/answer`, { text: '证书过期，已更换。' });
  const paid = await order('sandbox');
  await play(paid, 'pay');
  const mismatched = await order('sandbox');
  await play(mismatched, 'wrong_amount');
  const unpaid = await order('sandbox');
  const payment = await play(unpaid);
  const cancelled = await order('sandbox');
  await buyer.post(`/api/orders/${cancelled}/cancel`);
  const transferred = await order('transfer');
  await isv.post(`/api/orders/${transferred}/reprice`, { amount: '400.01', reason: '老客户优惠' });
  const { transfers: [due] } = await operator.get('/api/transfers?state=expected');
  await operator.post(`/api/transfers/${due.reference}/confirm`, { amount: '100.00' });
  const options = { xinghao: 'APP+WAP+微信', quyu: '上海' };
  const trial = (await buyer.post('/api/trials', { product: 'data-analytics-2', selection: { edition: 'standard', options } })).id;
  return { buyer, running, once, paid, mismatched, unpaid, payment, cancelled, transferred, trial, service: `${running}-1` };
}
