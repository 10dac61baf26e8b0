// Looking for words: all of them, in any order, whatever their case and accents; and marking where they are.

// Small letters without accents, one for one, so that places in the result are places in the text.
function folded(text) {
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase();
  let out = '';
  for (const unit of text.split('')) {
    const low = unit.normalize('NFD').charAt(0).toLowerCase();
    out += low.length === 1 ? low : unit;
  }
  return out;
}

function wordsOf(q) {
  return folded(q || '').split(/\s+/).filter(Boolean);
}

function hasWords(low, wanted) {
  return wanted.every((word) => low.includes(word));
}

// A text by its key, folded once.
function low(key, row, text) {
  const kept = once('low ' + key, () => []);
  return (kept[row] ??= folded(text(row)));
}

const lowWording = (claim) => low('claims', claim, (c) => (typeof D.claims.text[c] === 'number' ? saidIn(D.claims.text[c]) : wording(c)));
const lowStatement = (mention) => low('statements', mention, (m) => saidIn(m) + '\n' + words(m));
const lowArticle = (article) => low('articles', article, (a) => headline(a) + '\n' + D.text.text[a]);
const namesOf = (entity) => low('names', entity, (e) => [D.entities.name[e], ...D.entities.aliases[e]].join('\n'));

// A claim mention with the names, however written, of who speaks and of whom it speaks.
function lowNamed(mention) {
  return [lowStatement(mention), ...D.made.speakers[mention].map(namesOf), ...D.made.entities[mention].map(namesOf)].join('\n');
}

function markHits(element, wanted) {
  if (!wanted.length) return;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) =>
    (node.parentElement.closest('button, mark, .badge, .unseen, label') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const pattern = new RegExp(wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  for (const node of nodes) {
    const text = node.data;
    const parts = [];
    let done = 0;
    for (const hit of folded(text).matchAll(pattern)) {
      if (hit.index < done) continue;
      parts.push(text.slice(done, hit.index), h('mark', { class: 'hit' }, text.slice(hit.index, hit.index + hit[0].length)));
      done = hit.index + hit[0].length;
    }
    if (done) node.replaceWith(...parts, text.slice(done));
  }
}

// Some words of a text around the first hit.
function snippet(text, wanted) {
  const at = Math.min(...wanted.map((word) => folded(text).indexOf(word)).filter((place) => place >= 0));
  if (!Number.isFinite(at)) return null;
  const from = at < 80 ? 0 : text.indexOf(' ', at - 80) + 1;
  const to = text.indexOf(' ', at + 120);
  return (from ? '… ' : '') + text.slice(from, to < 0 ? undefined : to).replace(/\s+/g, ' ') + (to < 0 ? '' : ' …');
}
