// The tables: decoded when first needed, kept as columns, rows addressed by number.
// Every offset of the data counts code points; units() turns it into JavaScript's UTF-16 indices.

const D = {};
const decoding = {};

async function decode(name) {
  const holder = document.getElementById('data-' + name);
  const base64 = holder.textContent.trim();
  let bytes;
  if (Uint8Array.fromBase64) {
    bytes = Uint8Array.fromBase64(base64);
  } else {
    const characters = atob(base64);
    bytes = new Uint8Array(characters.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  }
  holder.remove();
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  D[name] = await new Response(plain).json();
}

function load(...names) {
  return Promise.all(names.map((name) => (decoding[name] ??= decode(name))));
}

const memory = new Map();
function once(key, make) {
  if (!memory.has(key)) memory.set(key, make());
  return memory.get(key);
}

function size(name) {
  return D[name].id.length;
}

function every(name) {
  return once('every ' + name, () => Array.from({ length: size(name) }, (_, row) => row));
}

function rowOf(name, id) {
  const rows = once('ids ' + name, () => new Map(D[name].id.map((hex, row) => [hex, row])));
  return rows.get(id);
}

// Rows of `name` by the row number in its column; rows without one (-1) belong nowhere.
function grouped(name, column) {
  return once(`${name} by ${column}`, () => {
    const groups = new Map();
    D[name][column].forEach((key, row) => {
      for (const one of Array.isArray(key) ? key : [key]) {
        if (one < 0) continue;
        if (groups.has(one)) groups.get(one).push(row);
        else groups.set(one, [row]);
      }
    });
    return groups;
  });
}

function rowsBy(name, column, key) {
  return grouped(name, column).get(key) || [];
}

function units(article) {
  return once('units ' + article, () => {
    const text = D.text.text[article];
    if (!/[\ud800-\udfff]/.test(text)) return (point) => point;
    const starts = [];
    for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) starts.push(at);
    starts.push(text.length);
    return (point) => starts[point] ?? text.length;
  });
}

function cut(article, start, end) {
  const at = units(article);
  return D.text.text[article].slice(at(start), at(end));
}

// The pieces of a claim mention's content, as pairs of code points.
function pieces(mention) {
  const spans = D.made.spans[mention];
  if (!spans) return [[D.made.start[mention], D.made.end[mention]]];
  const pairs = [];
  for (let i = 0; i < spans.length; i += 2) pairs.push([spans[i], spans[i + 1]]);
  return pairs;
}

function words(mention) {
  return pieces(mention).map(([start, end]) => cut(D.made.article[mention], start, end)).join(' ');
}

// The proposition as a sentence that stands on its own; what the article supplies is in [brackets].
function statementOf(mention) {
  return D.made.statement[mention] || sentence(words(mention));
}

// What its source says: the statement without what is told before it, in the first brackets.
function saidIn(mention) {
  let text = statementOf(mention);
  for (let told = D.made.told[mention]; told; told--) text = text.slice(text.indexOf(']') + 2);
  return text;
}

function wording(claim) {
  const text = D.claims.text[claim];
  return typeof text === 'number' ? statementOf(text) : text;
}

function speakerSurface(mention) {
  const start = D.made.speaker_start_char[mention];
  return start < 0 ? '' : cut(D.made.article[mention], start, D.made.speaker_end_char[mention]);
}

function cueSurface(mention) {
  const start = D.made.cue_start_char[mention];
  return start < 0 ? '' : cut(D.made.article[mention], start, D.made.cue_end_char[mention]);
}

function kind(mention) {
  return VOCABULARY.attribution[D.made.attribution[mention]];
}

function outlet(article) {
  const publisher = D.articles.publisher[article];
  return publisher < 0 ? 'Outlet not stated' : D.articles.publishers[publisher];
}

function headline(article) {
  return D.articles.title[article] || D.articles.opening[article];
}

const KINDS = { __proto__: null, PERSON: 'Person', ORG: 'Organisation', GPE: 'Place', LOC: 'Place', NORP: 'Group', FAC: 'Building', EVENT: 'Event', LAW: 'Law', PRODUCT: 'Product' };

function kindOf(entity) {
  return KINDS[VOCABULARY.entity_type[D.entities.entity_type[entity]]];
}

// How often each value comes, most frequent first: [[value, count], …].
function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] > b[0] ? 1 : -1));
}

// What a speaker said: totals over claim mentions, for lists and sorting.
function speakerTotals() {
  return once('speaker totals', () => {
    const totals = new Map();
    for (const [speaker, mentions] of grouped('made', 'speakers')) {
      totals.set(speaker, {
        statements: mentions.length,
        direct: mentions.filter((m) => kind(m) === 'direct').length,
        articles: new Set(mentions.map((m) => D.made.article[m])).size,
        outlets: new Set(mentions.map((m) => D.articles.publisher[D.made.article[m]]).filter((p) => p >= 0)).size,
        about: tally(mentions.flatMap((m) => D.made.entities[m]).filter((e) => e !== speaker)).slice(0, 3),
      });
    }
    return totals;
  });
}

function conflictsOf(claim) {
  return [...rowsBy('conflicts', 'a', claim), ...rowsBy('conflicts', 'b', claim)];
}
