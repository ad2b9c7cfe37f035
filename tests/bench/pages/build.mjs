// Builds both yardstick pages in memory: path → { type, body, brotli }. Nothing is written to the disk.
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { compile, quote, advice, curve } from './vanilla/price.js';
import { page } from './vanilla/markup.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    jsx: 'automatic',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0].text;
}

export async function buildPages() {
  const files = new Map();
  const add = (path, type, text) => {
    const body = Buffer.from(text);
    const brotli = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });
    files.set(path, { type, body, brotli, immutable: path.startsWith('/assets/') });
  };
  const asset = (name, extension, type, text) => {
    const path = `/assets/${name}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.${extension}`;
    add(path, type, text);
    return path;
  };
  const product = JSON.parse(await readFile(here('product.json'), 'utf8'));
  const { code: css } = await transform(await readFile(here('style.css'), 'utf8'), { loader: 'css', minify: true });

  // Vanilla: rendered for the default selection, its few styles in the page, one deferred script.
  const offer = compile(product.config);
  const result = quote(offer, product.selection, new Date());
  const charge = offer.edition(product.selection.edition).charges.find((c) => c.kind === 'quantity');
  const last = Math.max(60, charge.tiers.at(-1).from * 2);
  add('/vanilla', 'text/html; charset=utf-8', page({
    product,
    offer,
    quote: result,
    advice: advice(offer, product.selection, result.total),
    points: curve(offer, product.selection, charge, last),
    last,
    quantity: product.selection.quantities[charge.key],
    css: css.trim(),
    script: asset('vanilla', 'js', 'text/javascript; charset=utf-8', await bundle('vanilla/main.js')),
  }));

  // React: an empty root, one script, one stylesheet, as its usual builds make it.
  const script = asset('react', 'js', 'text/javascript; charset=utf-8', await bundle('react/main.jsx'));
  const style = asset('style', 'css', 'text/css; charset=utf-8', css);
  add('/react', 'text/html; charset=utf-8', `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${product.name}</title>
<link rel="icon" href="data:,">
<script type="module" src="${script}"></script>
<link rel="stylesheet" href="${style}">
</head>
<body>
<div id="root"></div>
<script type="application/json" id="product">${JSON.stringify(product).replace(/</g, '\\u003c')}</script>
</body>
</html>
`);
  return files;
}
