// Stories: the events that articles tell of, and what each outlet does with their claims.

function storyTitle(story) {
  return D.stories.title[story] || 'Untitled story';
}

function toStory(story) {
  return h('a', { href: address('stories', D.stories.id[story]) }, quoted(storyTitle(story)));
}

function storyRecord(story) {
  return { title: D.stories.title[story], first_published_on: D.stories.first_published_on[story], last_published_on: D.stories.last_published_on[story], articles: D.stories.article_count[story],
    independent: D.stories.independent_count[story], outlets: D.stories.publisher_count[story], about: D.stories.entities[story].map((e) => D.entities.name[e]), story_id: 'str_' + D.stories.id[story] };
}

async function storiesView(params) {
  await load('articles', 'stories', 'entities');
  if (![...params.keys()].length && D.stories.publisher_count.some((n) => n > 1)) params.set('min', '2');
  const columns = [
    { key: 'title', head: 'Story', value: storyTitle, cell: toStory },
    { key: 'articles', head: 'Articles', number: true, value: (s) => D.stories.article_count[s] },
    { key: 'sources', head: 'Independent', number: true, wide: true, value: (s) => D.stories.independent_count[s] },
    { key: 'outlets', head: 'Outlets', number: true, value: (s) => D.stories.publisher_count[s] },
    { key: 'from', head: 'From', value: (s) => D.stories.first_published_on[s] },
    { key: 'until', head: 'Until', wide: true, value: (s) => D.stories.last_published_on[s] },
  ];
  const newest = newestFirst(every('stories'), (s) => D.stories.last_published_on[s]);
  const ordered = [...newest].sort((a, b) => D.stories.publisher_count[b] - D.stories.publisher_count[a]);
  const told = (state, s) => rowsBy('articles', 'story', s).some((a) => ofOutlet(state, a) && inDays(state, D.articles.published_on[a]));
  const names = (s) => storyTitle(s) + '\n' + D.stories.entities[s].map((e) => D.entities.name[e]).join('\n');
  const find = (state, wanted) => ordered.filter((s) => D.stories.publisher_count[s] >= (Number(state.min) || 0) && (!wanted.length || hasWords(folded(names(s)), wanted)) && told(state, s));
  return [
    pageTitle('Stories', h('p', null, 'Events that articles tell of, those of most outlets first. Open one to see what each outlet carries, contradicts or leaves out.')),
    explorer({ view: 'stories', params, columns, find, unit: ['story', 'stories'],
      controls: [searchField('Words of its title or names'), choice('min', 'Told by', [[2, '2 or more outlets'], [3, '3 or more']], 'any number of outlets'), outletChoice(every('articles')), ...dayFields()],
      record: storyRecord, empty: 'No article belongs to a story.' }),
  ];
}

const STANCES = { __proto__: null, carried: 'carries it', contradicted: 'contradicts it', absent: 'leaves it out' };

async function storyView(params, id) {
  await load('articles', 'text', 'made', 'entities', 'claims', 'conflicts', 'stories', 'coverage');
  const story = rowOf('stories', id);
  if (story === undefined) return missing('story');
  const articles = rowsBy('articles', 'story', story);
  const conflicts = surest(rowsBy('conflicts', 'story', story));
  const mentions = articles.flatMap((a) => rowsBy('made', 'article', a));
  return [
    pageTitle(storyTitle(story), facts([
      ['Told in', many(D.stories.article_count[story], 'article')], ['Independent', number(D.stories.independent_count[story])],
      ['Outlets', number(D.stories.publisher_count[story])], ['From', D.stories.first_published_on[story]], ['Until', D.stories.last_published_on[story]],
      ['About', D.stories.entities[story].length > 0 && commas(D.stories.entities[story].slice(0, 8).map(toEntity))], ['On record', h('a', { href: address('statements', '', { story: id }) }, many(mentions.length, 'statement'))], ['Id', h('code', null, 'str_' + id)],
    ])),
    h('section', null, h('h2', null, 'Who carries what'), coverageTable(story, mentions)),
    h('section', null, h('h2', null, 'What each outlet says'), h('p', { class: 'hint' }, 'What only one outlet has is marked: the others leave it out, or word it so differently that it was not joined.'), outletColumns(id, mentions)),
    conflicts.length > 0 && h('section', null, h('h2', null, 'Possible conflicts in this story'), h('ul', { class: 'cards' }, conflicts.map((c) => h('li', null, conflictCard(c))))),
    h('section', null, h('h2', null, 'When'), timeline(articles.map((a) => D.articles.published_on[a]), 'article') || h('p', { class: 'none' }, 'All on one day, or without a date.')),
    h('section', null, h('h2', null, 'Its articles'), h('ul', { class: 'plain' }, newestFirst(articles, (a) => D.articles.published_on[a]).map((a) => h('li', null, toArticle(a), ' ', h('span', { class: 'role' }, quoted(outlet(a)), D.articles.published_on[a] && ', ' + D.articles.published_on[a], relation(a) && ', ' + relation(a)))))),
  ];
}

// One row a claim, one column an outlet: carried, contradicted or left out, in words and not by colour alone.
function coverageTable(story, mentions) {
  const rows = rowsBy('coverage', 'story', story);
  if (!rows.length) return h('p', { class: 'none' }, D.stories.publisher_count[story] < 2 ? 'Only one outlet tells this story: there is nothing to compare.' : 'No claim was found in two of its outlets.');
  const wordings = new Map(mentions.map((m) => [D.made.claim[m] + ' ' + outlet(D.made.article[m]), m]));
  const outlets = [...new Set(rows.map((r) => D.coverage.publisher[r]))].sort((a, b) => a - b);
  const claims = [...new Set(rows.map((r) => D.coverage.claim[r]))];
  const cells = new Map(rows.map((r) => [D.coverage.claim[r] + ' ' + D.coverage.publisher[r], r]));
  const stanceOf = (claim, o) => VOCABULARY.stance[D.coverage.stance[cells.get(claim + ' ' + o)]];
  const carried = (claim) => outlets.filter((o) => stanceOf(claim, o) === 'carried').length;
  claims.sort((a, b) => carried(b) - carried(a) || a - b);
  const cell = (claim, o) => {
    const row = cells.get(claim + ' ' + o);
    const stance = stanceOf(claim, o);
    const mention = wordings.get(claim + ' ' + D.coverage.publishers[o]);
    return h('td', { class: 'stance ' + stance }, h('span', { class: 'narrow' }, quoted(D.coverage.publishers[o]), ' '), STANCES[stance], mention !== undefined && h('a', { class: 'role words', href: placeOf(mention) }, quoted(words(mention).slice(0, 160))),
      D.coverage.speakers[row].length > 0 && h('span', { class: 'role' }, commas(D.coverage.speakers[row].slice(0, 3).map(toSpeaker))));
  };
  const record = (r) => ({ story: storyTitle(story), claim: wording(D.coverage.claim[r]), outlet: D.coverage.publishers[D.coverage.publisher[r]], stance: VOCABULARY.stance[D.coverage.stance[r]],
    speakers: D.coverage.speakers[r].map((e) => D.entities.name[e]), claim_id: 'clm_' + D.claims.id[D.coverage.claim[r]] });
  return [h('p', { class: 'count' }, h('span', null, many(claims.length, 'shared claim')), downloads('coverage-' + D.stories.id[story], () => rows, record)), h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Coverage' }, h('table', { class: 'rows coverage' },
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Claim'), outlets.map((o) => h('th', { scope: 'col' }, quoted(D.coverage.publishers[o]), h('span', { class: 'role' }, `leaves out ${number(claims.filter((c) => stanceOf(c, o) === 'absent').length)} of ${number(claims.length)}`))))),
    h('tbody', null, claims.slice(0, 60).map((c) => h('tr', null, h('th', { scope: 'row', class: 'long' }, toClaim(c, statement(wording(c)))), outlets.map((o) => cell(c, o))))))),
    claims.length > 60 && h('p', null, `and ${number(claims.length - 60)} more, in coverage.parquet`)];
}

// A column an outlet: its statements in the order of its articles, those that no other outlet has marked.
function outletColumns(id, mentions) {
  const outlets = tally(mentions.map((m) => outlet(D.made.article[m]))).map(([name]) => name);
  if (!outlets.length) return h('p', { class: 'none' }, 'No statement was found in its articles.');
  const having = (claim) => new Set(rowsBy('made', 'claim', claim).map((m) => outlet(D.made.article[m]))).size;
  const item = (m) => h('li', { class: 'edge ' + kind(m) }, h('a', { href: placeOf(m) }, statement(statementOf(m))), h('span', { class: 'role' }, saidBy(m)),
    outlets.length > 1 && having(D.made.claim[m]) === 1 && badge('only here'));
  return h('div', { class: 'side-by-side' }, outlets.slice(0, 12).map((name) => {
    const own = mentions.filter((m) => outlet(D.made.article[m]) === name);
    return h('section', { class: 'mention' }, h('h3', null, quoted(name)), h('p', { class: 'meta' }, many(own.length, 'statement')), h('ul', { class: 'plain spaced' }, own.slice(0, 6).map(item)),
      own.length > 6 && h('p', { class: 'source' }, h('a', { href: address('statements', '', { story: id, outlet: name }) }, `All ${number(own.length)} of ${name}`)));
  }));
}
