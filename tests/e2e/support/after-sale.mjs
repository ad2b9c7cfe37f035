// Refunds, invoices and offline refunds in each of their states, made by the interface: what their pages are looked at with.
import { Member } from './account.mjs';

/** Sold by the same vendor as the other demo products, and bought by no other journey. */
export const CARE = {
  product: 'customer-care',
  selection: { edition: 'pro', term: 'P1Y', quantities: { people: 10 }, options: { archive: '不开通' }, count: 1 },
};

export const INVOICE = {
  kind: 'vat', title: '上海晨光贸易有限公司', tax_number: '91330100799655058B', email: 'fapiao@enterprise.example',
};

/** Address of a market → what was made there. */
const made = new Map();

/** The ids of what the market has; made when it is first asked for. */
export function aftermath(market) {
  if (!made.has(market.url)) made.set(market.url, make(market));
  return made.get(market.url);
}

/** A paid and opened order, by the enterprise's administrator. */
export async function bought({ buyer, isv, operator }, method = 'sandbox') {
  const { id: quote } = await buyer.post('/api/quotes', CARE);
  const { id, quoted } = await buyer.post('/api/orders', { quote, method, agreement: 1 });
  if (method === 'transfer') {
    await operator.post(`/api/transfers/${id}/confirm`, { amount: quoted });
  } else {
    const { address } = await buyer.post(`/api/orders/${id}/pay`, { method });
    await buyer.post(`/api/sandbox/payments/${address.split('/').at(-1)}`, { play: 'pay' });
  }
  await isv.post(`/api/services/${id}-1/opened`);
  return id;
}

/** The three who meet after a sale. */
export async function three(market) {
  const accounts = ['demo-buyer-admin', 'demo-isv-owner', 'demo-operator-1'];
  const [buyer, isv, operator] = await Promise.all(accounts.map((account) => Member.of(market, account)));
  return { buyer, isv, operator };
}

async function make(market) {
  const people = await three(market);
  const { buyer, isv } = people;
  const ask = async (order, reason = '买错了版本') => (await buyer.post(`/api/orders/${order}/refund`, { reason })).id;
  const invoice = async (order) => (await buyer.post(`/api/orders/${order}/invoices`, INVOICE)).id;

  const invoiced = await bought(people);
  await isv.post(`/api/invoices/${await invoice(invoiced)}/reject`, { reason: '税号与抬头不符，请核对' });
  await isv.post(`/api/invoices/${await invoice(invoiced)}/issue`, { number: '26312000000123456789' });
  const rejected = await bought(people);
  await isv.post(`/api/invoices/${await invoice(rejected)}/reject`, { reason: '税号与抬头不符，请核对' });
  const requested = await bought(people);
  await invoice(requested);
  const offline = await bought(people);
  await isv.post(`/api/orders/${offline}/offline-refund`, { amount: '50.00', note: '开通延误两天，协商补偿' });
  const agreed = await bought(people);
  const { id } = await isv.post(`/api/orders/${agreed}/offline-refund`, { amount: '120.00', note: '少用两个坐席，协商退差价' });
  await buyer.post(`/api/offline-refunds/${id}/confirm`);

  const toSend = await ask(await bought(people, 'transfer'));
  await isv.post(`/api/refunds/${toSend}/approve`);
  const undone = await bought(people);
  const refunding = await ask(undone);
  await isv.post(`/api/refunds/${refunding}/approve`);
  const last = await bought(people);
  const no = await ask(last);
  await isv.post(`/api/refunds/${no}/reject`, { reason: '已完成上线培训，按约定不退' });
  const reviewing = await ask(last, '业务调整，不再需要客服坐席');
  return { invoiced, rejected, requested, offline, agreed, toSend, undone, refunding, last, no, reviewing };
}
