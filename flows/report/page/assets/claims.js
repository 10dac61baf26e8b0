// Claims made in several articles, one claim with each outlet's wording, and conflicts.

async function claimsView(params) {
  await load('articles', 'text', 'made', 'entities', 'claims');
  if (![...params.keys()].length && D.claims.article_count.some((n) => n > 1)) params.set('min', '2');
  const speakers = tally(D.made.speakers.flat()).slice(0, 200).map(([s]) => [s, D.entities.name[s]]);
  const ordered = once('claims by articles', () => [...every('claims')].sort((a, b) =>
    D.claims.independent_count[b] - D.claims.independent_count[a] || D.claims.article_count[b] - D.claims.article_count[a] || a - b));
  const find = ({ q, speaker, publisher, attribution, polarity, modality, min, sort }) => {
    const low = (q || '').toLowerCase();
    const fits = (m) => (!publisher || D.articles.publisher[D.made.article[m]] === Number(publisher)) &&
      (!speaker || D.made.speakers[m].includes(Number(speaker))) && (!attribution || kind(m) === attribution);
    const byMention = publisher || speaker || attribution;
    const rows = ordered.filter((c) => D.claims.article_count[c] >= (Number(min) || 1) &&
      (!polarity || VOCABULARY.polarity[D.claims.polarity[c]] === polarity) &&
      (!modality || VOCABULARY.modality[D.claims.modality[c]] === modality) &&
      (!byMention || rowsBy('made', 'claim', c).some(fits)) && (!low || lowWording(c).includes(low)));
    const date = (c) => D.claims.first_published_on[c] || '';
    if (sort === 'newest') return rows.sort((a, b) => compare(date(b), date(a)) || a - b);
    return rows;
  };
  return [
    pageTitle('Claims', h('p', null, 'What is asserted, however often and by whomever. Open one to see each outlet’s wording side by side.')),
    explorer({ view: 'claims', params, find, unit: ['claim'], page: 25, show: (rows) => h('ul', { class: 'cards' }, rows.map((c) => h('li', null, claimCard(c)))),
      controls: [searchField('q', 'Words'), choice('min', 'Made in', [[2, '2 or more articles'], [3, '3 or more'], [5, '5 or more']], 'any number of articles'),
        choice('speaker', 'Speaker', speakers), publisherChoice(), wordsChoice('attribution', 'Attribution', VOCABULARY.attribution),
        wordsChoice('modality', 'Modality', VOCABULARY.modality), wordsChoice('polarity', 'Polarity', VOCABULARY.polarity),
        choice('sort', 'Order', [['newest', 'newest first']], 'most articles first')] }),
  ];
}

function claimCard(claim, ...under) {
  const speakers = D.claims.speakers[claim];
  const independent = D.claims.independent_count[claim];
  const articles = D.claims.article_count[claim];
  return h('div', { class: 'claim-card' },
    h('p', { class: 'wording', dir: 'auto' }, toClaim(claim, statement(wording(claim)))),
    h('p', { class: 'meta' }, many(articles, 'article'), independent < articles && ` (${independent} independent)`,
      D.claims.publisher_count[claim] > 0 && [' · ', many(D.claims.publisher_count[claim], 'outlet')],
      speakers.length > 0 && [' · said by ', commas(speakers.slice(0, 4).map(toSpeaker)), speakers.length > 4 && ` and ${speakers.length - 4} more`],
      VOCABULARY.polarity[D.claims.polarity[claim]] === 'negated' && [' ', badge('negated')],
      VOCABULARY.modality[D.claims.modality[claim]] !== 'asserted' && [' ', badge(VOCABULARY.modality[D.claims.modality[claim]])]),
    ...under);
}

async function claimView(params, id) {
  await load('articles', 'text', 'made', 'entities', 'claims', 'conflicts', 'stories', 'edges');
  const claim = rowOf('claims', id);
  if (claim === undefined) return missing('claim');
  const mentions = rowsBy('made', 'claim', claim);
  const conflicts = conflictsOf(claim);
  return [
    pageTitle(wording(claim), facts([
      ['Made in', [many(D.claims.article_count[claim], 'article'), ', ', many(D.claims.independent_count[claim], 'independent source')]],
      ['Said by', D.claims.speakers[claim].length > 0 && commas(D.claims.speakers[claim].map(toSpeaker))],
      ['Names', D.claims.entities[claim].length > 0 && commas(D.claims.entities[claim].map(toEntity))],
      ['Polarity', VOCABULARY.polarity[D.claims.polarity[claim]]], ['Modality', VOCABULARY.modality[D.claims.modality[claim]]],
      ['First published', D.claims.first_published_on[claim]], ['Held together by', mentions.length > 1 && `at least ${D.claims.cohesion[claim]} %`], ['Id', h('code', null, 'clm_' + id)],
    ])),
    h('section', null, h('h2', null, mentions.length > 1 ? 'Each outlet’s wording' : 'Where it is made'), legend(),
      h('div', { class: 'side-by-side' }, mentions.slice(0, 60).map((m) => mentionCard(m))),
      mentions.length > 60 && h('p', null, `and ${number(mentions.length - 60)} more places, in claim_mentions.parquet`)),
    conflicts.length > 0 && h('section', null, h('h2', null, 'Conflicts with other claims'), h('ul', { class: 'cards' }, conflicts.map((c) => h('li', null, conflictCard(c))))),
    mentions.length > 1 && h('section', null, h('h2', null, 'Why these are one claim'), edgeTable('claim_mentions', mentions, statementOf, (m) => D.made.article[m])),
  ];
}

function mentionCard(mention) {
  const numbers = D.made.quantities[mention].map(([value, unit, surface]) => `${surface} = ${value === null ? 'not finite' : number(value)}${unit ? ' ' + unit : ''}`);
  const days = D.made.dates[mention].map(([iso, surface]) => `${surface} = ${iso}`);
  return h('section', { class: 'mention edge ' + kind(mention) }, h('h3', null, quoted(outlet(D.made.article[mention]))),
    h('p', { class: 'by' }, saidBy(mention), ' ', badges(mention)), h('p', { class: 'wording', dir: 'auto' }, statement(statementOf(mention))), passage(mention),
    facts([['Said on', D.made.said_on[mention]], ['Quantities', numbers.length > 0 && quoted(numbers.join('; '))], ['Dates', days.length > 0 && quoted(days.join('; '))],
      ['Confidence', D.made.confidence[mention] + ' %']]), source(mention));
}

// The decisions that touch a set of rows, alike ones once with how often they were taken: joined before kept
// apart, different wordings before the same, the surest first.
function decisions(table, rows, text) {
  const edges = D.edges[table];
  const at = once('edges ' + table, () => {
    const touched = new Map();
    const touch = (row, edge) => (touched.has(row) ? touched.get(row).push(edge) : touched.set(row, [edge]));
    edges.left.forEach((left, edge) => { touch(left, edge); touch(edges.right[edge], edge); });
    return touched;
  });
  const found = new Set([...rows].flatMap((row) => at.get(row) || []));
  const alike = new Map();
  for (const edge of found) {
    const sides = [edges.left[edge], edges.right[edge]].sort((a, b) => compare(text(a), text(b)));
    const key = JSON.stringify([...sides.map(text), edges.positive[edge], edges.reason[edge]]);
    const one = alike.get(key) || { sides, positive: edges.positive[edge], reason: edges.reasons[edges.reason[edge]], score: 0, times: 0 };
    alike.set(key, { ...one, score: Math.max(one.score, edges.score[edge]), times: one.times + 1 });
  }
  const differ = ({ sides }) => Number(text(sides[0]) !== text(sides[1]));
  return [...alike.values()].sort((a, b) => b.positive - a.positive || differ(b) - differ(a) || b.score - a.score || b.times - a.times);
}

function edgeTable(table, rows, text, article) {
  const all = decisions(table, rows, text);
  if (!all.length) return h('p', null, 'No decision is recorded: it stands alone.');
  const side = (row) => h('td', { class: text(row).length > 40 ? 'long' : null }, quoted(text(row)), h('span', { class: 'role' }, toArticle(article(row))));
  return [h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Decisions' }, h('table', { class: 'rows' },
    h('thead', null, h('tr', null, ['One', 'Other', 'Decision', 'Score', 'Because', 'Times'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', null, all.slice(0, 60).map(({ sides, positive, score, reason, times }) => h('tr', null, sides.map(side),
      h('td', null, positive ? 'one' : 'two'), h('td', { class: 'number' }, (score / 100).toFixed(2)), h('td', { class: 'long' }, quoted(reason)), h('td', { class: 'number' }, number(times))))))),
    all.length > 60 && h('p', null, `and ${number(all.length - 60)} more, in resolution_edges.parquet`)];
}

async function conflictsView(params) {
  await load('articles', 'text', 'made', 'entities', 'claims', 'conflicts', 'stories');
  const types = [...new Set(D.conflicts.conflict_type)].sort();
  const ordered = [...every('conflicts')].sort((a, b) => D.conflicts.confidence[b] - D.conflicts.confidence[a] || a - b);
  const find = ({ q, type, about }) => {
    const low = (q || '').toLowerCase();
    return ordered.filter((c) => (!type || D.conflicts.conflict_type[c] === type) && (!about || D.conflicts.entities[c].includes(Number(about))) &&
      (!low || lowWording(D.conflicts.a[c]).includes(low) || lowWording(D.conflicts.b[c]).includes(low)));
  };
  const about = tally(D.conflicts.entities.flat()).slice(0, 200).map(([e]) => [e, D.entities.name[e]]);
  return [
    pageTitle('Conflicts', h('p', null, 'Pairs of claims that cannot both hold, or that give different facts on one point. The words at issue are marked.')),
    explorer({ view: 'conflicts', params, find, unit: ['conflict'], page: 15, show: (rows) => h('ul', { class: 'cards' }, rows.map((c) => h('li', null, conflictCard(c)))),
      controls: [searchField('q', 'Words'), wordsChoice('type', 'About a', types), choice('about', 'Naming', about)] }),
  ];
}

function conflictCard(conflict) {
  const claims = [D.conflicts.a[conflict], D.conflicts.b[conflict]];
  const texts = claims.map(wording);
  const atIssue = [D.conflicts.words_a[conflict], D.conflicts.words_b[conflict]].map((words, side) => withWords(texts[side], words));
  const sides = atIssue.every(Boolean) ? atIssue : differences(...texts);
  const story = D.conflicts.story[conflict];
  return h('div', { class: 'conflict' },
    h('p', { class: 'meta' }, badge(D.conflicts.conflict_type[conflict], 'alert'), ' ', quoted(D.conflicts.explanation[conflict]), ` Confidence ${D.conflicts.confidence[conflict]} %.`, story >= 0 && [' In ', toStory(story), '.']),
    h('div', { class: 'side-by-side' }, claims.map((claim, side) => {
      const mentions = rowsBy('made', 'claim', claim);
      return h('section', { class: 'mention' }, h('p', { class: 'wording', dir: 'auto' }, sides[side]),
        mentions.slice(0, 2).map((m) => [h('p', { class: 'by' }, saidBy(m), ' ', badges(m)), source(m)]),
        h('details', null, h('summary', null, 'In its place', h('span', { class: 'unseen' }, `: side ${side + 1}`)), mentions.slice(0, 1).map(passage)),
        h('p', { class: 'source' }, toClaim(claim, mentions.length > 2 ? `All ${mentions.length} places` : 'The claim', h('span', { class: 'unseen' }, ': ' + wording(claim).slice(0, 80)))));
    })));
}
