// <quotient-configurator product="slug" lang="zh"></quotient-configurator>: a product's configurator on any site that its
// vendor allows. The price is computed in a frame of the market's, where no script of this page reaches it.
(() => {
  const market = new URL(document.currentScript.src).origin;
  customElements.define('quotient-configurator', class extends HTMLElement {
    #root = this.attachShadow({ mode: 'closed' });
    #heard;
    connectedCallback() {
      const lang = /^en/i.test(this.lang || document.documentElement.lang) ? 'en' : 'zh';
      const say = (zh, en) => {
        const words = document.createElement('p');
        words.setAttribute('role', 'status');
        words.textContent = lang === 'en' ? en : zh;
        this.#root.replaceChildren(words);
      };
      const place = `${market}/embed/${encodeURIComponent(this.getAttribute('product') ?? '')}`;
      const show = () => {
        const frame = document.createElement('iframe');
        frame.src = `${place}?lang=${lang}`;
        frame.title = lang === 'en' ? 'Configure and price' : '配置与报价';
        frame.style.cssText = 'display:block;width:100%;height:640px;border:0';
        this.#heard = ({ source, origin, data }) => {
          if (!this.isConnected || source !== frame.contentWindow || origin !== market) return;
          const [what, value] = String(data).split(' ');
          if (what === 'ready') source.postMessage('shown', market);
          if (what === 'height' && value > 0) frame.style.height = `${Math.min(value, 20000)}px`;
          if (what === 'open' && /^\/quote\/[\w-]{1,99}$/.test(value)) location.assign(market + value);
        };
        addEventListener('message', this.#heard);
        this.#root.replaceChildren(frame);
      };
      fetch(`${place}/allowed`, { credentials: 'omit' }).then((answer) => answer.ok ? answer.json() : {}).then(({ allowed }) => {
        if (allowed) show();
        else if (allowed === false) say('此网站未获准显示该商品的价格。', 'This site may not show this product’s prices.');
        else say('没有这个商品。', 'There is no such product.');
      }).catch(() => say('暂时无法读取价格，请稍后刷新页面。', 'The price cannot be had at the moment. Reload the page later.'));
    }
    disconnectedCallback() {
      removeEventListener('message', this.#heard);
    }
  });
})();
