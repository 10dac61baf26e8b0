// Articles: the list, and one with everything that is claimed in it.

function newestArticles() {
  return once('newest articles', () => newestFirst(every('articles'), (a) => D.articles.published_on[a]));
}

function articleRecord(article) {
  return { published_on: D.articles.published_on[article], outlet: D.articles.publisher[article] < 0 ? null : outlet(article), title: headline(article), author: D.articles.author[article], url: D.articles.url[article],
    claims: rowsBy('made', 'article', article).length, words: D.articles.word_count[article], relation: relation(article) || null, source_uri: D.articles.source_uri[article], article_id: 'art_' + D.articles.id[article] };
}

async function articlesView(params) {
  await load('articles', 'text', 'made', 'entities', 'claims');
  const claims = (article) => rowsBy('made', 'article', article).length;
  const columns = [
    { key: 'title', head: 'Article', value: headline, cell: (a) => toArticle(a) },
    { key: 'publisher', head: 'Outlet', value: (a) => D.articles.publisher[a] < 0 ? '' : outlet(a) },
    { key: 'date', head: 'Published', value: (a) => D.articles.published_on[a] },
    { key: 'claims', head: 'Claims', number: true, value: claims },
    { key: 'words', head: 'Words', number: true, wide: true, value: (a) => D.articles.word_count[a] },
    { key: 'copies', head: 'Relation', wide: true, value: relation },
  ];
  const find = (state, wanted) => newestArticles().filter((a) =>
    (!wanted.length || hasWords(lowArticle(a), wanted)) && ofOutlet(state, a) && inDays(state, D.articles.published_on[a]));
  return [
    pageTitle('Articles', h('p', null, 'Every document of this version, newest first. Open one to read it with its claims marked.')),
    explorer({ view: 'articles', params, columns, find, unit: ['article'],
      controls: [searchField('Words in title or text'), outletChoice(every('articles')), ...dayFields()], record: articleRecord, empty: 'No article came in: the rejects say why.' }),
  ];
}

function relation(article) {
  if (D.articles.duplicate_of[article] >= 0) return 'near-copy';
  return D.articles.revision_of[article] >= 0 ? 'revision' : '';
}

async function articleView(params, id) {
  await load('articles', 'text', 'made', 'entities', 'claims', 'mentions', 'stories');
  const article = rowOf('articles', id);
  if (article === undefined) return missing('article');
  const names = params.get('show') === 'names';
  const other = (column) => D.articles[column][article] >= 0 && toArticle(D.articles[column][article]);
  const head = facts([
    ['Outlet', quoted(outlet(article))], ['Published', D.articles.published_on[article]],
    ['Author', D.articles.author[article] && quoted(D.articles.author[article])],
    ['Changed', D.articles.modified_on[article]], ['Text', D.articles.truncated[article] ? 'cut by a paywall' : null],
    ['Story', D.articles.story[article] >= 0 && toStory(D.articles.story[article])], ['Near-copy of', other('duplicate_of')], ['Revision of', other('revision_of')],
    ['Address', D.articles.url[article] && outside(D.articles.url[article])],
    ['Read from', quoted(D.articles.source_uri[article])], ['Id', h('code', null, 'art_' + id)],
  ]);
  const tab = (text, show, on) => h('a', { href: address('articles', id, { show }), 'aria-current': on ? 'true' : null }, text);
  const mentions = rowsBy('made', 'article', article);
  return [
    pageTitle(headline(article), head),
    h('div', { class: 'tabs', role: 'group', 'aria-label': 'What is marked' }, tab('Claims', '', !names), tab('Names', 'names', names),
      h('a', { href: address('statements', '', { outlet: D.articles.publisher[article] < 0 ? '' : outlet(article) }) }, 'More of this outlet')),
    names ? h('p', { class: 'hint' }, 'Every name, description and pronoun that was resolved; each leads to its entity.') : legend(),
    h('div', { class: 'reading' },
      h('article', { class: 'text', dir: 'auto', 'aria-label': 'Text of the article' }, names ? withNames(article) : withClaims(article, mentions)),
      h('aside', { class: 'margin', 'aria-label': 'Claims of this article' }, h('h2', null, many(mentions.length, 'claim')),
        h('ol', null, mentions.map((m) => h('li', { class: 'edge ' + kind(m) }, h('p', { class: 'by' }, saidBy(m), ' ', badges(m)),
          toClaim(D.made.claim[m], quoted(statement(statementOf(m)))),
          D.claims.article_count[D.made.claim[m]] > 1 && h('p', { class: 'also' }, `made in ${D.claims.article_count[D.made.claim[m]]} articles`), actions(m)))))),
  ];
}

function paragraphs(article) {
  const text = D.text.text[article];
  const found = [];
  for (const match of text.matchAll(/[^\n]+/g)) found.push([match.index, match.index + match[0].length]);
  return found;
}

function withClaims(article, mentions) {
  const ranges = mentions.flatMap(rangesOf);
  const started = new Set();
  const wrap = (mention, first) => h('a', {
    class: 'claim ' + kind(mention), href: address('claims', D.claims.id[D.made.claim[mention]]),
    id: first ? 'at-' + D.made.id[mention] : null,
  }, first && h('span', { class: 'unseen' }, kind(mention) + ' claim: '));
  return paragraphs(article).map(([from, to]) => h('p', null, marked(article, from, to, ranges, wrap, started)));
}

function withNames(article) {
  const at = units(article);
  const text = D.text.text[article];
  const ranges = rowsBy('mentions', 'article', article).map((row) => ({
    start: at(D.mentions.start[row]), end: at(D.mentions.start[row] + D.mentions.length[row]), row,
  }));
  return paragraphs(article).map(([from, to]) => h('p', null, stretches(ranges, from, to).map((stretch) => {
    const piece = text.slice(stretch.start, stretch.end);
    if (!stretch.ranges.length) return piece;
    const { row } = stretch.ranges.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    return h('a', { class: 'name ' + VOCABULARY.entity_type[D.entities.entity_type[D.mentions.entity[row]]],
      href: address('entities', D.entities.id[D.mentions.entity[row]]) }, piece);
  })));
}

function missing(what) {
  return [pageTitle(`No such ${what}`, h('p', null, `This page has no ${what} of that id. A page of a large snapshot carries a part of it; the Parquet files beside it have everything.`))];
}
