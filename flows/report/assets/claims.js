// Claims made in several articles, one claim with each outlet's wording, and conflicts.

async function claimsView(params) {
  await load('articles', 'text', 'made', 'entities', 'claims');
  if (![...params.keys()].length && D.claims.article_count.some((n) => n > 1)) params.set('min', '2');
  const speakers = tally(D.made.speaker.filter((s) => s >= 0)).slice(0, 200).map(([s]) => [s, D.entities.name[s]]);
  const ordered = once('claims by articles', () => [...every('claims')].sort((a, b) =>
    D.claims.independent_count[b] - D.claims.independent_count[a] || D.claims.article_count[b] - D.claims.article_count[a] || a - b));
  const find = ({ q, speaker, publisher, attribution, polarity, modality, min, sort }) => {
    const low = (q || '').toLowerCase();
    const fits = (m) => (!publisher || D.articles.publisher[D.made.article[m]] === Number(publisher)) &&
      (!speaker || D.made.speaker[m] === Number(speaker)) && (!attribution || kind(m) === attribution);
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
    h('p', { class: 'wording', dir: 'auto' }, toClaim(claim, sentence(wording(claim)))),
    h('p', { class: 'meta' }, many(articles, 'article'), independent < articles && ` (${independent} independent)`,
      ' · ', many(D.claims.publisher_count[claim], 'outlet'),
      speakers.length > 0 && [' · said by ', commas(speakers.slice(0, 4).map(toSpeaker)), speakers.length > 4 && ` and ${speakers.length - 4} more`],
      VOCABULARY.polarity[D.claims.polarity[claim]] === 'negated' && [' ', badge('negated')],
      VOCABULARY.modality[D.claims.modality[claim]] !== 'asserted' && [' ', badge(VOCABULARY.modality[D.claims.modality[claim]])]),
    ...under);
}

async function claimView(params, id) {
  await load('articles', 'text', 'made', 'entities', 'claims', 'conflicts', 'edges');
  const claim = rowOf('claims', id);
  if (claim === undefined) return missing('claim');
  const mentions = rowsBy('made', 'claim', claim);
  const conflicts = conflictsOf(claim);
  return [
    pageTitle(sentence(wording(claim)), facts([
      ['Made in', [many(D.claims.article_count[claim], 'article'), ', ', many(D.claims.independent_count[claim], 'independent source')]],
      ['Said by', D.claims.speakers[claim].length > 0 && commas(D.claims.speakers[claim].map(toSpeaker))],
      ['Names', D.claims.entities[claim].length > 0 && commas(D.claims.entities[claim].map(toEntity))],
      ['Polarity', VOCABULARY.polarity[D.claims.polarity[claim]]], ['Modality', VOCABULARY.modality[D.claims.modality[claim]]],
      ['First published', D.claims.first_published_on[claim]], ['Id', h('code', null, 'clm_' + id)],
    ])),
    h('section', null, h('h2', null, mentions.length > 1 ? 'Each outlet’s wording' : 'Where it is made'), legend(),
      h('div', { class: 'side-by-side' }, mentions.slice(0, 60).map((m) => mentionCard(m))),
      mentions.length > 60 && h('p', null, `and ${number(mentions.length - 60)} more places, in claim_mentions.parquet`)),
    conflicts.length > 0 && h('section', null, h('h2', null, 'Conflicts with other claims'), h('ul', { class: 'cards' }, conflicts.map((c) => h('li', null, conflictCard(c))))),
    mentions.length > 1 && h('section', null, h('h2', null, 'Why these are one claim'), edgeTable('claim_mentions', new Set(mentions),
      (m) => [quoted(words(m)), ' (', quoted(outlet(D.made.article[m])), ')'])),
  ];
}

function mentionCard(mention) {
  const numbers = D.made.quantities[mention].map(([value, unit, surface]) => `${surface} = ${value === null ? 'not finite' : number(value)}${unit ? ' ' + unit : ''}`);
  const days = D.made.dates[mention].map(([iso, surface]) => `${surface} = ${iso}`);
  return h('section', { class: 'mention edge ' + kind(mention) }, h('h3', null, quoted(outlet(D.made.article[mention]))),
    h('p', { class: 'by' }, saidBy(mention), ' ', badge(kind(mention), kind(mention))), passage(mention),
    facts([['Quantities', numbers.length > 0 && quoted(numbers.join('; '))], ['Dates', days.length > 0 && quoted(days.join('; '))],
      ['Confidence', D.made.confidence[mention] + ' %']]), source(mention));
}

// The decisions between rows of a set, strongest first.
function edgeTable(table, rows, name) {
  const edges = D.edges[table];
  const at = once('edges ' + table, () => {
    const touched = new Map();
    edges.left.forEach((left, edge) => { for (const row of [left, edges.right[edge]]) touched.has(row) ? touched.get(row).push(edge) : touched.set(row, [edge]); });
    return touched;
  });
  const found = new Set();
  for (const row of rows) for (const edge of at.get(row) || []) if (!edges.positive[edge] || (rows.has(edges.left[edge]) && rows.has(edges.right[edge]))) found.add(edge);
  if (!found.size) return h('p', null, 'No decision is recorded: it stands alone.');
  const order = [...found].sort((a, b) => edges.positive[b] - edges.positive[a] || edges.score[b] - edges.score[a] || a - b);
  const shownEdges = order.slice(0, 100);
  return [h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Decisions' }, h('table', { class: 'rows' },
    h('thead', null, h('tr', null, ['One', 'Other', 'Decision', 'Score', 'Because'].map((text) => h('th', { scope: 'col' }, text)))),
    h('tbody', null, shownEdges.map((e) => h('tr', null, h('td', null, name(edges.left[e])), h('td', null, name(edges.right[e])),
      h('td', null, edges.positive[e] ? 'one' : 'two'), h('td', { class: 'number' }, (edges.score[e] / 100).toFixed(2)), h('td', null, quoted(edges.reasons[edges.reason[e]]))))))),
    order.length > 100 && h('p', null, `and ${number(order.length - 100)} more decisions, in resolution_edges.parquet`)];
}

async function conflictsView(params) {
  await load('articles', 'text', 'made', 'entities', 'claims', 'conflicts');
  const types = [...new Set(D.conflicts.conflict_type)].sort();
  const ordered = [...every('conflicts')].sort((a, b) => D.conflicts.confidence[b] - D.conflicts.confidence[a] || a - b);
  const find = ({ q, type, about }) => {
    const low = (q || '').toLowerCase();
    return ordered.filter((c) => (!type || D.conflicts.conflict_type[c] === type) && (!about || D.conflicts.entities[c].includes(Number(about))) &&
      (!low || lowWording(D.conflicts.a[c]).includes(low) || lowWording(D.conflicts.b[c]).includes(low)));
  };
  const about = tally(D.conflicts.entities.flat()).slice(0, 200).map(([e]) => [e, D.entities.name[e]]);
  return [
    pageTitle('Conflicts', h('p', null, 'Pairs of claims that cannot both hold, or that give different facts on one point. Words that only one side has are marked.')),
    explorer({ view: 'conflicts', params, find, unit: ['conflict'], page: 15, show: (rows) => h('ul', { class: 'cards' }, rows.map((c) => h('li', null, conflictCard(c)))),
      controls: [searchField('q', 'Words'), wordsChoice('type', 'About a', types), choice('about', 'Naming', about)] }),
  ];
}

function conflictCard(conflict) {
  const claims = [D.conflicts.a[conflict], D.conflicts.b[conflict]];
  const sides = differences(wording(claims[0]), wording(claims[1]));
  return h('div', { class: 'conflict' },
    h('p', { class: 'meta' }, badge(D.conflicts.conflict_type[conflict], 'alert'), ' ', quoted(D.conflicts.explanation[conflict]), ` Confidence ${D.conflicts.confidence[conflict]} %.`),
    h('div', { class: 'side-by-side' }, claims.map((claim, side) => {
      const mentions = rowsBy('made', 'claim', claim);
      return h('section', { class: 'mention' }, h('p', { class: 'wording', dir: 'auto' }, sides[side]),
        mentions.slice(0, 2).map((m) => [h('p', { class: 'by' }, saidBy(m), ' ', badge(kind(m), kind(m))), source(m)]),
        h('p', { class: 'source' }, toClaim(claim, mentions.length > 2 ? `All ${mentions.length} places` : 'The claim', h('span', { class: 'unseen' }, ': ' + wording(claim).slice(0, 80)))));
    })));
}
