// Statements: who said what about whom, when and where, in which words; and search over everything.

const ABOUT_ALL = ['articles', 'text', 'made', 'entities', 'claims', 'stories'];

function publishedOn(mention) {
  return D.articles.published_on[D.made.article[mention]];
}

function newestMentions() {
  return once('newest mentions', () => newestFirst(every('made'), publishedOn));
}

// Controls and filter of a list of claim mentions; `without` names controls that would say nothing in it.
function mentionFilters(mentions, ...without) {
  const controls = [
    searchField('Words or names'), entityChoice('speaker', 'Who', mentions.flatMap((m) => D.made.speakers[m])), entityChoice('about', 'About', mentions.flatMap((m) => D.made.entities[m])),
    outletChoice(mentions.map((m) => D.made.article[m])), ...dayFields(), wordsChoice('how', 'How', mentions.map(kind)),
  ].filter(({ name }) => !without.includes(name));
  const fits = (state, wanted) => {
    const [speaker, about] = [state.speaker, state.about].map((id) => id && rowOf('entities', id));
    return (m) => (!state.speaker || D.made.speakers[m].includes(speaker)) && (!state.about || D.made.entities[m].includes(about)) &&
      ofOutlet(state, D.made.article[m]) && inDays(state, publishedOn(m)) && (!state.how || kind(m) === state.how) &&
      (!wanted.length || hasWords(lowNamed(m), wanted));
  };
  return { controls, fits };
}

function quotationList(rows) {
  return h('ul', { class: 'cards' }, rows.map((m) => h('li', null, quotation(m))));
}

async function statementsView(params) {
  await load(...ABOUT_ALL);
  const mentions = newestMentions();
  const { controls, fits } = mentionFilters(mentions);
  const story = params.get('story');
  const inStory = story === null ? mentions : mentions.filter((m) => D.stories.id[D.articles.story[D.made.article[m]]] === story);
  return [
    pageTitle('Statements', h('p', null, story === null ? 'Everything that somebody said or an outlet stated, newest first: the exact words, who, when and where.' : ['In the story ', rowOf('stories', story) === undefined ? 'of an id that this page does not have' : toStory(rowOf('stories', story)), '.'])),
    explorer({ view: 'statements', params, controls, find: (state, wanted) => inStory.filter(fits(state, wanted)), show: quotationList, unit: ['statement'], page: 20, record: mentionRecord,
      empty: 'No statement was found in these articles.' }),
  ];
}

// Search over people, statements, stories and articles: all words, in any order.
async function searchView(params) {
  await load(...ABOUT_ALL);
  const q = params.get('q') || '';
  const wanted = wordsOf(q);
  if (!wanted.length) return [pageTitle('Search', h('p', null, 'Type words into the field above: all of them are looked for, in any order.'))];
  const people = [...every('entities')].sort((a, b) => D.entities.mention_count[b] - D.entities.mention_count[a]).filter((e) => hasWords(namesOf(e), wanted));
  const statements = newestMentions().filter((m) => hasWords(lowNamed(m), wanted));
  const stories = every('stories').filter((s) => hasWords(folded(storyTitle(s)), wanted));
  const articles = newestArticles().filter((a) => hasWords(lowArticle(a), wanted));
  const one = {
    people: (e) => [toEntity(e), ' ', h('span', { class: 'role' }, D.entities.description[e] || kindOf(e), speakerTotals().has(e) && [' · ', h('a', { href: address('speakers', D.entities.id[e]) }, many(speakerTotals().get(e).statements, 'statement'))])],
    statements: (m) => quotation(m), stories: toStory,
    articles: (a) => [toArticle(a), h('span', { class: 'role' }, quoted(outlet(a)), D.articles.published_on[a] && ', ' + D.articles.published_on[a]), h('span', { class: 'role' }, quoted(snippet(D.text.text[a], wanted) || ''))],
  };
  const part = (head, view, rows, name) => h('section', null, h('h2', null, `${head} (${number(rows.length)})`),
    rows.length ? h('ul', { class: 'cards' }, rows.slice(0, 8).map((row) => h('li', null, one[name](row)))) : h('p', { class: 'none' }, `No ${name === 'people' ? 'name' : name.replace(/ies$/, 'y').replace(/s$/, '')} has all of these words.`),
    rows.length > 8 && h('p', null, h('a', { href: address(view, '', { q }) }, `All ${number(rows.length)}`)));
  const found = h('div', null, part('People, bodies and places', 'entities', people, 'people'), part('Statements', 'statements', statements, 'statements'),
    part('Stories', 'stories', stories, 'stories'), part('Articles', 'articles', articles, 'articles'));
  markHits(found, wanted);
  return [pageTitle(`Search: ${q}`, h('p', null, 'All of the words, in any order.')), found];
}
