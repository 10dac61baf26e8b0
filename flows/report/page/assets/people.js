// Speakers: who said most, to which outlets, about whom. Entities: their names, and why these are one.

async function speakersView(params) {
  await load('articles', 'made', 'entities');
  const totals = speakerTotals();
  const columns = [
    { key: 'name', head: 'Speaker', value: (e) => D.entities.name[e], cell: (e) => [toSpeaker(e), D.entities.description[e] && h('span', { class: 'role' }, quoted(D.entities.description[e]))] },
    { key: 'statements', head: 'Statements', number: true, value: (e) => totals.get(e).statements },
    { key: 'direct', head: 'Quoted', number: true, wide: true, value: (e) => totals.get(e).direct / totals.get(e).statements, cell: (e) => Math.round((100 * totals.get(e).direct) / totals.get(e).statements) + ' %' },
    { key: 'articles', head: 'Articles', number: true, wide: true, value: (e) => totals.get(e).articles },
    { key: 'outlets', head: 'Outlets', number: true, value: (e) => totals.get(e).outlets },
    { key: 'about', head: 'Mostly about', wide: true, value: (e) => totals.get(e).about.map(([o]) => D.entities.name[o]).join(), cell: (e) => commas(totals.get(e).about.map(([o]) => toEntity(o))) },
  ];
  const ordered = [...totals.keys()].sort((a, b) => totals.get(b).statements - totals.get(a).statements || a - b);
  const find = (state, wanted) => ordered.filter((e) => (!wanted.length || hasWords(namesOf(e), wanted)) && (!state.type || kindOf(e) === state.type) &&
    (!(state.outlet || state.since || state.until) || rowsBy('made', 'speakers', e).some((m) => ofOutlet(state, D.made.article[m]) && inDays(state, publishedOn(m)))));
  return [
    pageTitle('People', h('p', null, 'Who is on record, people and bodies: how often, with which outlets and about whom.')),
    explorer({ view: 'speakers', params, columns, find, unit: ['speaker'], record: (e) => speakerRecord(e, totals.get(e)), empty: 'Nobody who speaks was identified.',
      controls: [searchField('Name'), wordsChoice('type', 'Kind', ordered.map(kindOf)), outletChoice(every('made').filter((m) => D.made.speakers[m].length).map((m) => D.made.article[m])), ...dayFields('On record from')] }),
  ];
}

// A role is of the day on which it was stated: it is shown with the day and the article.
function statedRole(entity) {
  const article = D.entities.described_in[entity];
  return D.entities.description[entity] && h('p', { class: 'standfirst' }, quoted(D.entities.description[entity]),
    article >= 0 && h('span', { class: 'role' }, 'as stated', D.entities.described_on[entity] && ` on ${D.entities.described_on[entity]}`, ' in ', toArticle(article)));
}

function speakerRecord(entity, { statements, direct, articles, outlets, about }) {
  return { name: D.entities.name[entity], kind: kindOf(entity), description: D.entities.description[entity], described_on: D.entities.described_on[entity], statements, quoted: direct, articles, outlets,
    mostly_about: about.map(([o]) => D.entities.name[o]), entity_id: 'ent_' + D.entities.id[entity] };
}

async function speakerView(params, id) {
  await load('articles', 'text', 'made', 'entities', 'claims', 'stories');
  const entity = rowOf('entities', id);
  if (entity === undefined) return missing('speaker');
  const mentions = rowsBy('made', 'speakers', entity);
  const outlets = tally(mentions.map((m) => outlet(D.made.article[m])));
  const about = tally(mentions.flatMap((m) => D.made.entities[m]).filter((e) => e !== entity));
  const newest = newestFirst(mentions, publishedOn);
  const { controls, fits } = mentionFilters(mentions, 'speaker');
  const show = (rows) => h('ul', { class: 'cards' }, rows.map((m) => h('li', null, quotation(m, h('details', null, h('summary', null, 'In context', h('span', { class: 'unseen' }, ': ' + words(m).slice(0, 60))), passage(m))))));
  return [
    pageTitle(D.entities.name[entity], statedRole(entity),
      facts([['Statements', number(mentions.length)], ['Articles', number(new Set(mentions.map((m) => D.made.article[m])).size)],
        ['Names', h('a', { href: address('entities', id) }, 'every way it is written, and why these are one')]])),
    h('div', { class: 'columns' },
      outlets.length > 0 && barTable('With which outlets', 'Outlet', outlets.slice(0, 10).map(([name, n]) => [quoted(name), n])),
      about.length > 0 && barTable('About whom', 'Entity', about.slice(0, 10).map(([e, n]) => [toEntity(e), n])),
      barTable('How', 'Attribution', tally(mentions.map(kind)).map(([name, n]) => [name, n]))),
    timeline(mentions.map(publishedOn), 'statement'),
    h('section', null, h('h2', null, 'Everything on record, newest first'), legend(), explorer({ view: 'speakers', id, params, controls, show, unit: ['statement'], page: 15, record: mentionRecord,
      find: (state, wanted) => newest.filter(fits(state, wanted)), empty: 'Nothing that this name says was found.' })),
  ];
}

async function entitiesView(params) {
  await load('articles', 'entities', 'mentions');
  const columns = [
    { key: 'name', head: 'Name', value: (e) => D.entities.name[e], cell: (e) => [toEntity(e), D.entities.description[e] && h('span', { class: 'role' }, quoted(D.entities.description[e]))] },
    { key: 'type', head: 'Kind', value: kindOf },
    { key: 'aliases', head: 'Also written', wide: true, value: (e) => D.entities.aliases[e].filter((a) => a !== D.entities.name[e]).slice(0, 4).join(' · ') },
    { key: 'country', head: 'Country', wide: true, value: (e) => D.entities.country_code[e] },
    { key: 'mentions', head: 'Mentions', number: true, value: (e) => D.entities.mention_count[e] },
    { key: 'articles', head: 'Articles', number: true, value: (e) => D.entities.article_count[e] },
  ];
  const ordered = [...every('entities')].sort((a, b) => D.entities.mention_count[b] - D.entities.mention_count[a] || a - b);
  const find = (state, wanted) => ordered.filter((e) => (!wanted.length || hasWords(namesOf(e), wanted)) && (!state.type || kindOf(e) === state.type) &&
    (!(state.outlet || state.since || state.until) || rowsBy('mentions', 'entity', e).some((m) => ofOutlet(state, D.mentions.article[m]) && inDays(state, D.articles.published_on[D.mentions.article[m]]))));
  const record = (e) => ({ name: D.entities.name[e], kind: kindOf(e), also_written: D.entities.aliases[e], country: D.entities.country_code[e], description: D.entities.description[e], described_on: D.entities.described_on[e], mentions: D.entities.mention_count[e], articles: D.entities.article_count[e], entity_id: 'ent_' + D.entities.id[e] });
  return [
    pageTitle('Names', h('p', null, 'People, bodies and places across all articles, each with every way it is written.')),
    explorer({ view: 'entities', params, columns, find, unit: ['name'], record, empty: 'Nothing is named in these articles.',
      controls: [searchField('Name, however written'), wordsChoice('type', 'Kind', every('entities').map(kindOf)), outletChoice(every('articles')), ...dayFields('Named in articles from')] }),
  ];
}

async function entityView(params, id) {
  await load('articles', 'text', 'made', 'entities', 'claims', 'mentions', 'edges');
  const entity = rowOf('entities', id);
  if (entity === undefined) return missing('entity');
  const mentions = rowsBy('mentions', 'entity', entity);
  const about = rowsBy('claims', 'entities', entity);
  const stands = D.entities.stands_for[entity];
  const surface = (m) => cut(D.mentions.article[m], D.mentions.start[m], D.mentions.start[m] + D.mentions.length[m]);
  const said = rowsBy('made', 'speakers', entity).length;
  return [
    pageTitle(D.entities.name[entity], statedRole(entity), facts([
      ['Kind', kindOf(entity)], ['Country', D.entities.country_code[entity]],
      ['Wikidata', D.entities.wikidata_id[entity]], ['Stands for', stands >= 0 && toEntity(stands)],
      ['Mentions', number(D.entities.mention_count[entity])], ['Articles', number(D.entities.article_count[entity])],
      ['On record', said > 0 && h('a', { href: address('speakers', id) }, many(said, 'statement'))], ['Id', h('code', null, 'ent_' + id)],
    ])),
    h('section', null, h('h2', null, 'Every way it is written'), h('ul', { class: 'aliases' }, D.entities.aliases[entity].map((alias) => h('li', null, quoted(alias))))),
    h('section', null, h('h2', null, 'Why these names are one'), edgeTable('entity_mentions', mentions, surface, (m) => D.mentions.article[m], 'name')),
    h('section', null, h('h2', null, 'Claims about it'), timeline(about.flatMap((c) => rowsBy('made', 'claim', c)).map(publishedOn), 'statement'), explorer({ view: 'entities', id, params, unit: ['claim'], page: 15, record: claimRecord,
      controls: [searchField('Words'), outletChoice(about.flatMap((c) => rowsBy('made', 'claim', c)).map((m) => D.made.article[m])), ...dayFields()], empty: 'No claim names it.',
      find: (state, wanted) => newestFirst(about, (c) => D.claims.last_published_on[c]).filter((c) => (!wanted.length || hasWords(lowWording(c), wanted)) && rowsBy('made', 'claim', c).some((m) => ofOutlet(state, D.made.article[m]) && inDays(state, publishedOn(m)))),
      show: (rows) => h('ul', { class: 'cards' }, rows.map((c) => h('li', null, claimCard(c)))) })),
    h('section', null, h('h2', null, 'Where it is named'), h('ul', { class: 'plain' },
      tally(mentions.map((m) => D.mentions.article[m])).slice(0, 30).map(([a, n]) => h('li', null, toArticle(a), ` ${many(n, 'time')}`)))),
  ];
}
