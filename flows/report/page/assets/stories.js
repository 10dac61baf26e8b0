// Stories: the events that articles tell of, and what each outlet does with their claims.

function storyTitle(story) {
  return D.stories.title[story] || 'Untitled story';
}

function toStory(story) {
  return h('a', { href: address('stories', D.stories.id[story]) }, quoted(storyTitle(story)));
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
  const ordered = [...every('stories')].sort((a, b) => D.stories.publisher_count[b] - D.stories.publisher_count[a] || D.stories.article_count[b] - D.stories.article_count[a] || a - b);
  const find = ({ q, min }) => ordered.filter((s) => D.stories.publisher_count[s] >= (Number(min) || 0) && (!q || storyTitle(s).toLowerCase().includes(q.toLowerCase())));
  return [
    pageTitle('Stories', h('p', null, 'Events that articles tell of. Open one to see what each outlet carries, contradicts or leaves out.')),
    explorer({ view: 'stories', params, columns, find, unit: ['story', 'stories'],
      controls: [searchField('q', 'Words'), choice('min', 'Told by', [[2, '2 or more outlets'], [3, '3 or more']], 'any number of outlets')] }),
  ];
}

const STANCES = { carried: 'carries it', contradicted: 'contradicts it', absent: 'leaves it out' };

async function storyView(params, id) {
  await load('articles', 'text', 'made', 'entities', 'claims', 'conflicts', 'stories', 'coverage');
  const story = rowOf('stories', id);
  if (story === undefined) return missing('story');
  const articles = rowsBy('articles', 'story', story);
  const conflicts = rowsBy('conflicts', 'story', story);
  return [
    pageTitle(storyTitle(story), facts([
      ['Told in', many(D.stories.article_count[story], 'article')], ['Independent', number(D.stories.independent_count[story])],
      ['Outlets', number(D.stories.publisher_count[story])], ['From', D.stories.first_published_on[story]], ['Until', D.stories.last_published_on[story]],
      ['About', D.stories.entities[story].length > 0 && commas(D.stories.entities[story].slice(0, 8).map(toEntity))], ['Id', h('code', null, 'str_' + id)],
    ])),
    h('section', null, h('h2', null, 'Who carries what'), coverageTable(story)),
    conflicts.length > 0 && h('section', null, h('h2', null, 'Conflicts in this story'), h('ul', { class: 'cards' }, conflicts.map((c) => h('li', null, conflictCard(c))))),
    h('section', null, h('h2', null, 'Its articles'), h('ul', { class: 'plain' }, articles.map((a) => h('li', null, toArticle(a), ' ', h('span', { class: 'role' }, quoted(outlet(a)), D.articles.published_on[a] && ', ' + D.articles.published_on[a], relation(a) && ', ' + relation(a)))))),
  ];
}

// One row a claim, one column an outlet: carried, contradicted or left out, in words and not by colour alone.
function coverageTable(story) {
  const rows = rowsBy('coverage', 'story', story);
  if (!rows.length) return h('p', { class: 'none' }, 'No claim is carried by two of its outlets.');
  const outlets = [...new Set(rows.map((r) => D.coverage.publisher[r]))].sort((a, b) => a - b);
  const claims = [...new Set(rows.map((r) => D.coverage.claim[r]))];
  const cells = new Map(rows.map((r) => [D.coverage.claim[r] + ' ' + D.coverage.publisher[r], r]));
  const carried = (claim) => outlets.filter((o) => VOCABULARY.stance[D.coverage.stance[cells.get(claim + ' ' + o)]] === 'carried').length;
  claims.sort((a, b) => carried(b) - carried(a) || a - b);
  const cell = (claim, o) => {
    const row = cells.get(claim + ' ' + o);
    const stance = VOCABULARY.stance[D.coverage.stance[row]];
    return h('td', { class: 'stance ' + stance }, STANCES[stance], D.coverage.speakers[row].length > 0 && h('span', { class: 'role' }, commas(D.coverage.speakers[row].slice(0, 3).map(toSpeaker))));
  };
  return [h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Coverage' }, h('table', { class: 'rows coverage' },
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Claim'), outlets.map((o) => h('th', { scope: 'col' }, quoted(D.coverage.publishers[o]))))),
    h('tbody', null, claims.slice(0, 60).map((c) => h('tr', null, h('th', { scope: 'row', class: 'long' }, toClaim(c, statement(wording(c)))), outlets.map((o) => cell(c, o))))))),
    claims.length > 60 && h('p', null, `and ${number(claims.length - 60)} more, in coverage.parquet`)];
}
