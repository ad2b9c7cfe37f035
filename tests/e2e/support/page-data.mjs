// What the server writes into a page besides its HTML: the answer of the API that the page would otherwise ask for.

const PLACE = /(<script type="application\/json" id="page-data">)(.*?)(<\/script>)/s;

/** It, as JSON. */
export function pageData(html) {
  return JSON.parse(html.match(PLACE)[2]);
}

/** The page with another one; with none, the page asks the API. */
export function withPageData(html, data) {
  const json = data === undefined ? '' : JSON.stringify(data).replaceAll('<', '\\u003c');
  return html.replace(PLACE, (_, start, __, end) => start + json + end);
}

/** Has every load of `path` changed on its way by `change(html)`. */
export async function onTheWay(page, path, change) {
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });
}
