// Elements. Text reaches the page only as text nodes: nothing that an article says is ever parsed as markup.

// Control characters become their pictures, one for one; those that turn the direction of the line around, a sign.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;
function seen(text) {
  return String(text).replace(UNSEEN, (c) => (c < ' ' ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : '\ufffd'));
}

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'share') element.style.setProperty('--share', value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(seen(child)));
  }
}

function number(value) {
  return value.toLocaleString('en');
}

function many(count, one, more) {
  return `${number(count)} ${count === 1 ? one : more || one + 's'}`;
}

// Text of others, kept apart so that its direction cannot touch its neighbours.
function quoted(text, attributes) {
  return h('bdi', attributes, text);
}

function commas(nodes) {
  return nodes.flatMap((node, i) => (i ? [', ', node] : [node]));
}

function address(view, id, query) {
  const asked = new URLSearchParams(Object.entries(query || {}).filter(([, v]) => v !== '' && v !== undefined));
  const text = asked.toString();
  return `#/${view}${id ? '/' + id : ''}${text ? '?' + text : ''}`;
}

function toEntity(entity) {
  return h('a', { href: address('entities', D.entities.id[entity]) }, quoted(D.entities.name[entity]));
}

function toSpeaker(entity) {
  return h('a', { href: address('speakers', D.entities.id[entity]) }, quoted(D.entities.name[entity]));
}

function toArticle(article, mention) {
  const at = mention === undefined ? {} : { at: D.made.id[mention] };
  return h('a', { href: address('articles', D.articles.id[article], at) }, quoted(headline(article)));
}

// A reported content as a sentence of its own: without the "that" which ties it to its cue.
function sentence(text) {
  const bare = text.replace(/^that[\s,]+/i, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

function toClaim(claim, ...content) {
  return h('a', { href: address('claims', D.claims.id[claim]) }, ...content);
}

function badge(text, sort) {
  return h('span', { class: 'badge ' + (sort || '') }, text);
}

function pageTitle(text, ...under) {
  return h('header', { class: 'view-head' }, h('h1', { tabindex: '-1' }, quoted(text)), ...under);
}

// A web address is a link only where it is one; anything else (javascript:, data:) is shown as text.
function outside(url) {
  return /^https?:\/\//i.test(url) ? h('a', { href: url, rel: 'noreferrer noopener' }, url) : quoted(url);
}

function facts(pairs) {
  const rows = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false);
  return h('dl', { class: 'facts' }, rows.map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))));
}

// Counts by name as a small table with a bar in each row.
function barTable(caption, head, rows) {
  const most = Math.max(...rows.map((row) => row[1]), 1);
  return h(
    'table',
    { class: 'bars' },
    h('caption', null, caption),
    h('thead', { class: 'unseen' }, h('tr', null, h('th', { scope: 'col' }, head), h('th', { scope: 'col' }, 'Claims'))),
    h('tbody', null, rows.map(([name, count]) =>
      h('tr', null, h('th', { scope: 'row' }, name),
        h('td', { share: `${(100 * count) / most}%` }, number(count))))),
  );
}
