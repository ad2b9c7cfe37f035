import { memo, useEffect, useId, useMemo, useReducer, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { compile, quote, advice, curve, money, short } from './price.js';
import { address, carryOver, term as parseTerm, tierIndex, tierRange, within } from '../terms.js';

const product = JSON.parse(document.getElementById('product').textContent);
const offer = compile(product.config);

function change(selection, action) {
  switch (action.kind) {
    case 'edition': return carryOver(offer.edition(action.value), selection);
    case 'term': return { ...selection, term: action.value };
    case 'count': return { ...selection, count: Math.min(Math.max(Math.trunc(action.value) || 1, 1), 100) };
    case 'option': return { ...selection, options: { ...selection.options, [action.key]: action.value } };
    case 'quantity': return {
      ...selection,
      quantities: { ...selection.quantities, [action.charge.key]: within(action.charge, action.value) },
    };
  }
}

function RadioGroup({ label, choices, value, onChange }) {
  const name = useId();
  return (
    <div className="field" role="radiogroup" aria-label={label}>
      <div className="label">{label}</div>
      <div className="choices">
        {choices.map((choice) => (
          <label className="choice" key={choice.value}>
            <input type="radio" name={name} value={choice.value} checked={choice.value === value} onChange={() => onChange(choice.value)} />
            <span>{choice.text}{choice.more && <small>{choice.more}</small>}</span>
          </label>
        ))}
      </div>
    </div>
  );
}

function Stepper({ label, value, min, max, unit, onChange, children }) {
  const [typed, setTyped] = useState(null);
  const commit = () => {
    if (typed !== null) onChange(Number(typed));
    setTyped(null);
  };
  return (
    <div className="field" role="group" aria-label={label}>
      <div className="label">{label}</div>
      <div className="stepper">
        <button type="button" aria-label={`减少 ${label}`} onClick={() => onChange(value - 1)}>−</button>
        <input type="number" aria-label={label} inputMode="numeric" min={min} max={max ?? undefined} value={typed ?? value}
          onChange={(event) => setTyped(event.target.value)} onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()} />
        <button type="button" aria-label={`增加 ${label}`} onClick={() => onChange(value + 1)}>＋</button>
        <span className="unit">{unit}</span>
      </div>
      {children}
    </div>
  );
}

function Tiers({ charge, quantity, period }) {
  const current = tierIndex(charge, quantity);
  return (
    <ul className="tiers">
      {charge.tiers.map((tier, i) => (
        <li key={tier.from} aria-current={i === current ? 'true' : undefined}>
          <span>{tierRange(charge, i)}</span>{' '}
          <span className="rate">
            {tier.unit ? `${short(tier.unit.new[period.unit])}/${charge.unit}/${period.per}` : `${short(tier.flat.new[period.unit])}/${period.per}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Curve({ selection, edition, total }) {
  const charge = edition.charges.find((c) => c.kind === 'quantity');
  const quantity = charge && selection.quantities[charge.key];
  const last = charge && Math.min(Math.max(60, charge.tiers.at(-1).from * 2, quantity), charge.max ?? 1e9);
  const { edition: code, term, options, count } = selection;
  // The curve itself does not depend on the quantity: a step only moves the dot.
  const { d, x, y, edge } = useMemo(() => {
    if (!charge) return {};
    const points = curve(offer, selection, charge, last);
    const first = points[0][0];
    const top = Math.max(...points.map((p) => p[1])) || 1;
    const px = (q) => 8 + ((q - first) / (last - first || 1)) * 304;
    const py = (v) => 108 - (v / top) * 92;
    return {
      d: points.map((p, i) => `${i ? 'L' : 'M'}${px(p[0]).toFixed(1)} ${py(p[1]).toFixed(1)}`).join(''),
      x: px,
      y: py,
      edge: points.find((p, i) => i + 1 < points.length && points[i + 1][1] < p[1] && points[i + 1][0] === p[0] + 1),
    };
  }, [code, term, options, count, last]);
  if (!charge) return null;
  return (
    <figure>
      <svg viewBox="0 0 320 120" role="img" aria-label="价格曲线">
        <path id="path" d={d} />
        <circle id="edge" r="3" cx={edge ? x(edge[0]) : -9} cy={edge ? y(edge[1]) : -9} />
        <circle id="dot" r="4" cx={x(quantity)} cy={y(total.toNumber())} />
      </svg>
      <figcaption>用户数与合计</figcaption>
    </figure>
  );
}

function Line({ name, words, children }) {
  return <div className="line"><dt>{name} {words && <small>{words}</small>}</dt><dd>{children}</dd></div>;
}

function QuoteCard({ result }) {
  const label = useId();
  return (
    <aside className="card" aria-label="报价">
      <dl>{result.lines.map((line) => <Line key={line.name} name={line.name} words={line.words}>{money(line.amount)}</Line>)}</dl>
      <dl className="facts">
        <Line name="单个价格">{money(result.price)}</Line>
        <Line name="续费价">{money(result.renewal)}</Line>
        <Line name="服务至">{result.giftDays ? `${result.end}（含赠送 ${result.giftDays} 天）` : result.end}</Line>
      </dl>
      <div className="bar">
        <div><span className="label" id={label}>合计</span><output aria-labelledby={label}>{money(result.total)}</output></div>
        <button type="button" className="buy">立即购买</button>
      </div>
    </aside>
  );
}

const Comparison = memo(function Comparison() {
  const { editions } = offer;
  const price = (set, unit, per) => (set.new[unit] == null ? '—' : `${short(set.new[unit])}/${per}`);
  const rows = [
    ['按月', (e) => (e.terms.some((t) => t.endsWith('M')) ? price(e.price, 'month', '月') : '—')],
    ['按年', (e) => (e.terms.some((t) => t.endsWith('Y')) ? price(e.price, 'year', '年') : '—')],
    ['可订购周期', (e) => e.terms.map((t) => parseTerm(t).text).join('、')],
    ['试用', (e) => (e.trial_days ? `${e.trial_days} 天` : '—')],
    ...editions[0].charges.map(({ key, name }) => [name, (e) => {
      const charge = e.charges.find((c) => c.key === key);
      if (!charge) return '—';
      if (charge.kind === 'option') return charge.values.map((v) => v.value).join('、');
      return `${charge.tiers[0].from} ${charge.unit}起${charge.max ? `，至多 ${charge.max} ${charge.unit}` : ''}`;
    }]),
  ];
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="版本对比">
      <table>
        <thead><tr><th scope="col">版本</th>{editions.map((e) => <th scope="col" key={e.code}>{e.name}</th>)}</tr></thead>
        <tbody>
          {rows.map(([name, cell]) => (
            <tr key={name}><th scope="row">{name}</th>{editions.map((e) => <td key={e.code}>{cell(e)}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});

const editionChoices = offer.editions.map((e) => {
  const period = parseTerm(e.terms.at(-1));
  const trial = e.trial_days ? `，试用 ${e.trial_days} 天` : '';
  return { value: e.code, text: e.name, more: `${short(e.price.new[period.unit])}/${period.per} 起${trial}` };
});

function Configurator() {
  const [selection, dispatch] = useReducer(change, product.selection);
  const edition = offer.edition(selection.edition);
  const period = parseTerm(selection.term);
  const result = useMemo(() => quote(offer, selection, new Date()), [selection]);
  const hint = useMemo(() => advice(offer, selection, result.total), [selection, result]);
  useEffect(() => {
    if (selection === product.selection) return undefined;
    const pushing = setTimeout(() => history.replaceState(null, '', address(selection)), 250);
    return () => clearTimeout(pushing);
  }, [selection]);
  return (
    <div className="columns">
      <form className="configurator" onSubmit={(event) => event.preventDefault()}>
        <RadioGroup label="套餐版本" choices={editionChoices} value={selection.edition} onChange={(value) => dispatch({ kind: 'edition', value })} />
        <RadioGroup label="购买时长" choices={edition.terms.map((t) => ({ value: t, text: parseTerm(t).text }))} value={selection.term}
          onChange={(value) => dispatch({ kind: 'term', value })} />
        {edition.charges.map((charge) => (charge.kind === 'quantity' ? (
          <Stepper key={charge.key} label={charge.name} value={selection.quantities[charge.key]} min={charge.tiers[0].from} max={charge.max}
            unit={charge.unit} onChange={(value) => dispatch({ kind: 'quantity', charge, value })}>
            <Tiers charge={charge} quantity={selection.quantities[charge.key]} period={period} />
          </Stepper>
        ) : (
          <RadioGroup key={charge.key} label={charge.name} choices={charge.values.map((v) => ({ value: v.value, text: v.value }))}
            value={selection.options[charge.key]} onChange={(value) => dispatch({ kind: 'option', key: charge.key, value })} />
        )))}
        <Stepper label="购买个数" value={selection.count} min={1} max={100} unit="个" onChange={(value) => dispatch({ kind: 'count', value })} />
        <p className="advice" role="status">{hint}</p>
        <Curve selection={selection} edition={edition} total={result.total} />
      </form>
      <QuoteCard result={result} />
    </div>
  );
}

function switchTheme() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
}

function App() {
  return (
    <>
      <header className="top">
        <a href="/" className="brand">Quotient</a><nav><a href="/">全部应用</a></nav>
        <button type="button" aria-label="切换明暗" onClick={switchTheme}>◐</button>
      </header>
      <main>
        <section className="intro"><h1>{product.name}</h1><p>{product.intro}</p><p className="muted">{product.support}</p></section>
        <Configurator />
        <section><h2>版本对比</h2><Comparison /></section>
        <section><h2>商品详情</h2>{product.details.map((text) => <p key={text}>{text}</p>)}</section>
      </main>
      <footer>价格含税，以人民币计。</footer>
    </>
  );
}

createRoot(document.getElementById('root')).render(<App />);
