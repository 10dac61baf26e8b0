// Text with claims, speakers and cues marked in it.

const ROLES = { direct: 'quoted', indirect: 'reported', mixed: 'partly quoted', narrated: 'in the outlet’s own voice' };

function legend() {
  return h('ul', { class: 'legend', 'aria-label': 'What the marks mean' },
    Object.entries(ROLES).map(([name, says]) => h('li', null, h('span', { class: 'claim ' + name }, name), ' ', says)),
    h('li', null, h('span', { class: 'speaker' }, 'speaker')), h('li', null, h('span', { class: 'cue' }, 'cue')));
}

// Ranges of a claim mention in UTF-16 units: its pieces, its speaker, its cue.
function rangesOf(mention) {
  const at = units(D.made.article[mention]);
  const range = (role, start, end) => ({ role, mention, start: at(start), end: at(end) });
  const ranges = pieces(mention).map(([start, end]) => range('claim', start, end));
  for (const role of ['speaker', 'cue']) {
    const start = D.made[role + '_start_char'][mention];
    if (start >= 0) ranges.push(range(role, start, D.made[role + '_end_char'][mention]));
  }
  return ranges;
}

// Cuts text[from:to) at every edge of a range; each stretch knows the ranges that cover it.
function stretches(ranges, from, to) {
  const inside = ranges.filter((range) => range.start < to && range.end > from);
  const edges = new Set([from, to]);
  for (const { start, end } of inside) {
    if (start > from) edges.add(start);
    if (end < to) edges.add(end);
  }
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(1).map((end, i) => ({
    start: cuts[i], end, ranges: inside.filter((range) => range.start < end && range.end > cuts[i]),
  }));
}

function innermost(ranges) {
  return ranges.filter((range) => range.role === 'claim').sort((a, b) => a.end - a.start - (b.end - b.start))[0];
}

// `wrap(mention, first)` makes the element around a stretch of a claim; speakers and cues nest in it.
function marked(article, from, to, ranges, wrap, started) {
  const text = D.text.text[article];
  const out = [];
  let open = null;
  let openFor = null;
  for (const stretch of stretches(ranges, from, to)) {
    const claim = innermost(stretch.ranges);
    let node = document.createTextNode(seen(text.slice(stretch.start, stretch.end)));
    for (const role of ['cue', 'speaker']) {
      if (stretch.ranges.some((range) => range.role === role)) node = h('span', { class: role }, node);
    }
    if (!claim) { open = openFor = null; out.push(node); continue; }
    if (openFor !== claim.mention) {
      openFor = claim.mention;
      open = wrap(claim.mention, !started.has(claim.mention));
      started.add(claim.mention);
      out.push(open);
    }
    open.append(node);
  }
  return out;
}

const AROUND = 150;

// One claim mention in its surroundings, cut at spaces.
function passage(mention) {
  const article = D.made.article[mention];
  const text = D.text.text[article];
  const ranges = rangesOf(mention);
  let from = Math.max(0, Math.min(...ranges.map((range) => range.start)) - AROUND);
  let to = Math.min(text.length, Math.max(...ranges.map((range) => range.end)) + AROUND);
  while (from > 0 && !/\s/.test(text[from - 1])) from--;
  while (to < text.length && !/\s/.test(text[to])) to++;
  const wrap = () => h('span', { class: 'claim ' + kind(mention) });
  return h('p', { class: 'passage', dir: 'auto' }, from > 0 && '… ', marked(article, from, to, ranges, wrap, new Set()), to < text.length && ' …');
}

function source(mention, link = true) {
  const article = D.made.article[mention];
  return h('p', { class: 'source' }, quoted(outlet(article)), D.articles.published_on[article] && ', ' + D.articles.published_on[article],
    link && [' · ', toArticle(article, mention)]);
}

function saidBy(mention) {
  const speaker = D.made.speaker[mention];
  const surface = speakerSurface(mention);
  if (kind(mention) === 'narrated') return 'in the outlet’s own voice';
  const together = D.made.speakers[mention];
  const who = together.length > 1 ? joined(together.map(toSpeaker)) : speaker >= 0 ? toSpeaker(speaker) : surface ? [quoted(surface), ' (not identified)'] : 'speaker not stated';
  return [who, cueSurface(mention) && [' “', quoted(cueSurface(mention)), '”']];
}

function joined(nodes) {
  return nodes.flatMap((node, i) => (i ? [i === nodes.length - 1 ? ' and ' : ', ', node] : [node]));
}

// What is to be known of a claim mention beside its words: how it is presented, whether it denies.
function badges(mention) {
  return [badge(kind(mention), kind(mention)), D.made.denied[mention] ? [' ', badge('denial', 'alert')] : ''];
}

// A statement with what the article supplies, in brackets, set apart from the words of the speaker.
function statement(text) {
  return text.split(/(\[[^\]]*\])/).filter(Boolean).map((part) => (part.startsWith('[') ? h('span', { class: 'supplied' }, part) : part));
}

// A text with the words at issue marked, as one stretch or item by item; null where they are not in it.
function withWords(text, words) {
  const low = text.toLowerCase();
  const whole = [words.toLowerCase()];
  const items = low.includes(whole[0]) ? whole : whole[0].split(/,\s*|\s+and\s+/).filter(Boolean);
  const from = low.match(/^(?:\[[^\]]*\] ?)*/)[0].length; // what is told before a statement is not at issue
  const find = (item) => (low.includes(item, from) ? low.indexOf(item, from) : low.indexOf(item));
  const places = items.map((item) => [find(item), item.length]).sort((a, b) => a[0] - b[0]);
  if (!places.length || places[0][0] < 0) return null;
  const out = [];
  let done = 0;
  for (const [at, length] of places) {
    if (at < done) continue;
    out.push(text.slice(done, at), h('mark', { class: 'differs' }, text.slice(at, at + length)));
    done = at + length;
  }
  return [...out, text.slice(done)];
}

// Words of two texts, those that the other lacks marked (longest common subsequence of words).
function differences(left, right) {
  const split = (text) => text.split(/\s+/).filter(Boolean).slice(0, 400);
  const bare = (word) => word.toLowerCase().replace(/[^\p{L}\p{N}%$€£]/gu, '');
  const [a, b] = [split(left), split(right)];
  const [p, q] = [a.map(bare), b.map(bare)];
  const wide = q.length + 1;
  const best = new Uint16Array((p.length + 1) * wide);
  for (let i = p.length - 1; i >= 0; i--) {
    for (let j = q.length - 1; j >= 0; j--) {
      best[i * wide + j] = p[i] === q[j] ? best[(i + 1) * wide + j + 1] + 1 : Math.max(best[(i + 1) * wide + j], best[i * wide + j + 1]);
    }
  }
  const out = [[], []];
  const put = (side, word, differs) => out[side].push(out[side].length ? ' ' : '', differs ? h('mark', { class: 'differs' }, word) : word);
  let i = 0;
  let j = 0;
  while (i < p.length || j < q.length) {
    if (i < p.length && j < q.length && p[i] === q[j]) { put(0, a[i++], false); put(1, b[j++], false); }
    else if (j >= q.length || (i < p.length && best[(i + 1) * wide + j] >= best[i * wide + j + 1])) put(0, a[i++], bare(a[i - 1]) !== '');
    else put(1, b[j++], bare(b[j - 1]) !== '');
  }
  return out;
}
