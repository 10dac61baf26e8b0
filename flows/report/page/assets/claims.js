// Claims made in several articles, one claim with each outlet's wording, and conflicts.

async function claimsView(params) {
  await load('articles', 'text', 'made', 'entities', 'claims');
  if (![...params.keys()].length && D.claims.publisher_count.some((n) => n > 1)) params.set('min', '2');
  const newest = once('newest claims', () => newestFirst(every('claims'), (c) => D.claims.last_published_on[c]));
  const { controls, fits } = mentionFilters(every('made'));
  const find = (state, wanted) => {
    const mention = fits(state, []);
    const byMention = ['speaker', 'about', 'outlet', 'since', 'until', 'how'].some((name) => state[name]);
    return newest.filter((c) => D.claims.publisher_count[c] >= (Number(state.min) || 0) &&
      (!state.polarity || VOCABULARY.polarity[D.claims.polarity[c]] === state.polarity) &&
      (!state.modality || VOCABULARY.modality[D.claims.modality[c]] === state.modality) &&
      (!byMention || rowsBy('made', 'claim', c).some(mention)) && (!wanted.length || hasWords(lowWording(c), wanted)));
  };
  const ofClaims = (name) => D.claims[name].map((code) => VOCABULARY[name][code]);
  return [
    pageTitle('Claims', h('p', null, 'What is asserted, by whomever, newest first. Open one to see each outlet’s wording side by side.')),
    explorer({ view: 'claims', params, find, unit: ['claim'], page: 25, show: (rows) => h('ul', { class: 'cards' }, rows.map((c) => h('li', null, claimCard(c)))),
      controls: [controls[0], choice('min', 'Carried by', [[2, '2 or more outlets'], [3, '3 or more']], 'any number of outlets'), ...controls.slice(1),
        wordsChoice('modality', 'Stated as', ofClaims('modality')), wordsChoice('polarity', 'Affirmed or denied', ofClaims('polarity'))], record: claimRecord, empty: 'No claim was found in these articles.' }),
  ];
}

function claimRecord(claim) {
  return { claim: wording(claim), speakers: D.claims.speakers[claim].map((e) => D.entities.name[e]), articles: D.claims.article_count[claim], independent: D.claims.independent_count[claim], outlets: D.claims.publisher_count[claim],
    first_published_on: D.claims.first_published_on[claim], last_published_on: D.claims.last_published_on[claim], polarity: VOCABULARY.polarity[D.claims.polarity[claim]], modality: VOCABULARY.modality[D.claims.modality[claim]],
    weakest_link: D.claims.cohesion[claim] / 100, claim_id: 'clm_' + D.claims.id[claim] };
}

// How sure the least sure of the decisions is that hold its mentions together.
function weakestLink(claim) {
  return D.claims.mention_count[claim] > 1 ? `weakest link ${D.claims.cohesion[claim]} %` : null;
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
      D.claims.last_published_on[claim] && [' · ', D.claims.last_published_on[claim]], weakestLink(claim) && [' · ', weakestLink(claim)],
      VOCABULARY.polarity[D.claims.polarity[claim]] === 'negated' && [' ', badge('negated')],
      VOCABULARY.modality[D.claims.modality[claim]] !== 'asserted' && [' ', badge(VOCABULARY.modality[D.claims.modality[claim]])]),
    ...under);
}

async function claimView(params, id) {
  await load('articles', 'text', 'made', 'entities', 'claims', 'conflicts', 'stories', 'edges');
  const claim = rowOf('claims', id);
  if (claim === undefined) return missing('claim');
  const mentions = rowsBy('made', 'claim', claim);
  const conflicts = surest(conflictsOf(claim));
  return [
    pageTitle(wording(claim), facts([
      ['Made in', [many(D.claims.article_count[claim], 'article'), ', ', many(D.claims.independent_count[claim], 'independent source')]],
      ['Said by', D.claims.speakers[claim].length > 0 && commas(D.claims.speakers[claim].map(toSpeaker))],
      ['Names', D.claims.entities[claim].length > 0 && commas(D.claims.entities[claim].map(toEntity))],
      ['Affirmed or denied', VOCABULARY.polarity[D.claims.polarity[claim]]], ['Stated as', VOCABULARY.modality[D.claims.modality[claim]]],
      ['First published', D.claims.first_published_on[claim]], ['Weakest link', mentions.length > 1 && `${D.claims.cohesion[claim]} % sure that all of this is one claim`], ['Id', h('code', null, 'clm_' + id)],
    ])),
    h('section', null, h('h2', null, mentions.length > 1 ? 'Each outlet’s wording' : 'Where it is made'), legend(),
      h('div', { class: 'side-by-side' }, newestFirst(mentions, publishedOn).slice(0, 60).map((m) => mentionCard(m))),
      mentions.length > 60 && h('p', null, `and ${number(mentions.length - 60)} more places, in claim_mentions.parquet`)),
    timeline(mentions.map(publishedOn), 'statement'),
    conflicts.length > 0 && h('section', null, h('h2', null, 'Possible conflicts with other claims'), h('ul', { class: 'cards' }, conflicts.map((c) => h('li', null, conflictCard(c))))),
    mentions.length > 1 && h('section', null, h('h2', null, 'Why these are one claim'), edgeTable('claim_mentions', mentions, statementOf, (m) => D.made.article[m], 'claim')),
  ];
}

function mentionCard(mention) {
  const numbers = D.made.quantities[mention].map(([value, unit, surface]) => `${surface} = ${value === null ? 'not finite' : number(value)}${unit ? ' ' + unit : ''}`);
  const days = D.made.dates[mention].map(([iso, surface]) => `${surface} = ${iso}`);
  return h('section', { class: 'mention edge ' + kind(mention) }, h('h3', null, quoted(outlet(D.made.article[mention]))),
    h('p', { class: 'by' }, saidBy(mention), ' ', badges(mention)), h('p', { class: 'wording', dir: 'auto' }, statement(statementOf(mention))), passage(mention),
    facts([['Said on', D.made.said_on[mention]], ['Quantities', numbers.length > 0 && quoted(numbers.join('; '))], ['Dates', days.length > 0 && quoted(days.join('; '))],
      ['Sure', D.made.confidence[mention] + ' %']]), source(mention), actions(mention));
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

const JOINED_BY = { __proto__: null, 'pair model': 'a model that reads both found that they say the same', names: 'the names are alike' };

function edgeTable(table, rows, text, article, one) {
  const all = decisions(table, rows, text);
  if (!all.length) return h('p', null, 'No decision is recorded: it stands alone.');
  const joins = all.filter(({ positive }) => positive);
  const because = tally(joins.flatMap(({ reason }) => reason.split(',').map((part) => part.trim().replace(/\s+[-+]?[0-9.]+$/, '')))).map(([reason, count]) => [JOINED_BY[reason] || reason, count]).slice(0, 3).map(([reason]) => reason);
  const weakest = Math.min(...joins.map(({ score }) => score));
  const said = joins.length ? [`${many(joins.length, 'pair')} ${joins.length === 1 ? 'was' : 'were'} judged to be one ${one}, mostly for: `, quoted(because.join('; ')), `. The least sure of them is ${weakest} % sure.`] : 'Every pair that was compared was kept apart.';
  const side = (row) => h('td', { class: text(row).length > 40 ? 'long' : null }, quoted(text(row)), h('span', { class: 'role' }, toArticle(article(row))));
  return [h('p', null, said, all.length > joins.length && ` ${many(all.length - joins.length, 'other pair')} ${all.length - joins.length === 1 ? 'was' : 'were'} kept apart.`), h('details', null, h('summary', null, all.length === 1 ? 'The decision' : `Each of the ${number(all.length)} decisions`), h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Decisions' }, h('table', { class: 'rows' },
    h('thead', null, h('tr', null, ['One', 'Other', 'Judged to be', 'Sure', 'Because', 'Times'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', null, all.slice(0, 60).map(({ sides, positive, score, reason, times }) => h('tr', null, sides.map(side),
      h('td', null, positive ? 'one' : 'two'), h('td', { class: 'number' }, score + ' %'), h('td', { class: 'long' }, quoted(reason)), h('td', { class: 'number' }, number(times)))))))),
    all.length > 60 && h('p', null, `and ${number(all.length - 60)} more, in resolution_edges.parquet`)];
}

async function conflictsView(params) {
  await load('articles', 'text', 'made', 'entities', 'claims', 'conflicts', 'stories');
  const ordered = surest(every('conflicts'));
  const sides = (c) => [...rowsBy('made', 'claim', D.conflicts.a[c]), ...rowsBy('made', 'claim', D.conflicts.b[c])];
  const find = (state, wanted) => {
    const about = state.about && rowOf('entities', state.about);
    const speaker = state.speaker && rowOf('entities', state.speaker);
    return ordered.filter((c) => (!state.type || D.conflicts.conflict_type[c] === state.type) && (!state.about || D.conflicts.entities[c].includes(about)) &&
      (!(state.outlet || state.since || state.until) || sides(c).some((m) => ofOutlet(state, D.made.article[m]) && inDays(state, publishedOn(m)))) &&
      (!state.speaker || sides(c).some((m) => D.made.speakers[m].includes(speaker))) &&
      (!wanted.length || hasWords(lowWording(D.conflicts.a[c]) + '\n' + lowWording(D.conflicts.b[c]), wanted)));
  };
  const mentions = once('mentions in conflict', () => every('conflicts').flatMap(sides));
  return [
    pageTitle('Possible conflicts', h('p', null, 'Pairs of claims that may not both hold, or that give different facts on one point, the surest first. Read both in their places before you say that they contradict each other: they may speak of different times or things.')),
    explorer({ view: 'conflicts', params, find, unit: ['possible conflict'], page: 15, show: (rows) => h('ul', { class: 'cards' }, rows.map((c) => h('li', null, conflictCard(c)))),
      controls: [searchField('Words'), wordsChoice('type', 'Kind', D.conflicts.conflict_type), entityChoice('speaker', 'Who', mentions.flatMap((m) => D.made.speakers[m])), entityChoice('about', 'Naming', D.conflicts.entities.flat()),
        outletChoice(mentions.map((m) => D.made.article[m])), ...dayFields()], record: conflictRecord, empty: 'No two claims of this version were found to conflict. Conflicts that are worded freely are mostly not found.' }),
  ];
}

function surest(conflicts) {
  return [...conflicts].sort((a, b) => D.conflicts.confidence[b] - D.conflicts.confidence[a] || a - b);
}

function conflictRecord(conflict) {
  const [a, b] = [D.conflicts.a[conflict], D.conflicts.b[conflict]];
  const who = (claim) => D.claims.speakers[claim].map((e) => D.entities.name[e]);
  return { type: D.conflicts.conflict_type[conflict], one: wording(a), said_by: who(a), other: wording(b), other_said_by: who(b), words_at_issue: D.conflicts.words_a[conflict], against: D.conflicts.words_b[conflict],
    confidence: D.conflicts.confidence[conflict] / 100, conflict_id: 'cfl_' + D.conflicts.id[conflict], claim_id: 'clm_' + D.claims.id[a], other_claim_id: 'clm_' + D.claims.id[b] };
}

// The two sides of a conflict: a wording with nothing but the words at issue marked, and the mentions, those first that
// have these words. Where a side has them nowhere, the words in which the two differ, if these are not most of them.
function atIssue(claims, issue) {
  const sides = claims.map((claim, side) => {
    const mentions = rowsBy('made', 'claim', claim);
    const having = mentions.filter((m) => withWords(statementOf(m), issue[side]));
    const text = withWords(wording(claim), issue[side]) || (having.length ? withWords(statementOf(having[0]), issue[side]) : null);
    return { text, mentions: [...having, ...mentions.filter((m) => !having.includes(m))] };
  });
  const texts = claims.map(wording);
  const compared = sides.every(({ text }) => text) ? [] : differences(...texts);
  const few = (parts) => 3 * parts.filter((part) => part instanceof Node).length <= parts.filter((part) => part !== ' ').length;
  return sides.map((side, i) => ({ ...side, text: side.text || (few(compared[i]) ? compared[i] : quoted(texts[i])) }));
}

function conflictCard(conflict) {
  const claims = [D.conflicts.a[conflict], D.conflicts.b[conflict]];
  const sides = atIssue(claims, [D.conflicts.words_a[conflict], D.conflicts.words_b[conflict]]);
  const story = D.conflicts.story[conflict];
  return h('div', { class: 'conflict' },
    h('p', { class: 'meta' }, badge(D.conflicts.conflict_type[conflict], 'alert'), ' ', quoted(D.conflicts.explanation[conflict]), ` ${D.conflicts.confidence[conflict]} % sure.`, story >= 0 && [' In ', toStory(story), '.']),
    h('div', { class: 'side-by-side' }, claims.map((claim, side) => {
      const { text, mentions } = sides[side];
      return h('section', { class: 'mention' }, h('p', { class: 'wording', dir: 'auto' }, text),
        mentions.slice(0, 2).map((m) => [h('p', { class: 'by' }, saidBy(m), ' ', badges(m)), source(m)]),
        h('details', null, h('summary', null, 'In context', h('span', { class: 'unseen' }, `: side ${side + 1}`)), mentions.slice(0, 1).map(passage)),
        h('p', { class: 'source' }, toClaim(claim, mentions.length > 2 ? `All ${mentions.length} places` : 'The claim', h('span', { class: 'unseen' }, ': ' + wording(claim).slice(0, 80)))));
    })));
}
