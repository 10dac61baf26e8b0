// Speakers: who said most, to which outlets, about whom. Entities: their names, and why these are one.

async function speakersView(params) {
  await load('articles', 'made', 'entities');
  const totals = speakerTotals();
  const type = (e) => VOCABULARY.entity_type[D.entities.entity_type[e]];
  const columns = [
    { key: 'name', head: 'Speaker', value: (e) => D.entities.name[e], cell: (e) => [toSpeaker(e), D.entities.description[e] && h('span', { class: 'role' }, quoted(D.entities.description[e]))] },
    { key: 'statements', head: 'Statements', number: true, value: (e) => totals.get(e).statements },
    { key: 'direct', head: 'Quoted', number: true, wide: true, value: (e) => totals.get(e).direct / totals.get(e).statements, cell: (e) => Math.round((100 * totals.get(e).direct) / totals.get(e).statements) + ' %' },
    { key: 'articles', head: 'Articles', number: true, wide: true, value: (e) => totals.get(e).articles },
    { key: 'outlets', head: 'Outlets', number: true, value: (e) => totals.get(e).outlets },
    { key: 'about', head: 'Mostly about', wide: true, value: (e) => totals.get(e).about.map(([o]) => D.entities.name[o]).join(), cell: (e) => commas(totals.get(e).about.map(([o]) => toEntity(o))) },
  ];
  const ordered = [...totals.keys()].sort((a, b) => totals.get(b).statements - totals.get(a).statements || a - b);
  const find = ({ q, publisher, type: wanted }) => {
    const low = (q || '').toLowerCase();
    return ordered.filter((e) => (!low || namesOf(e).includes(low)) && (!wanted || type(e) === wanted) &&
      (!publisher || rowsBy('made', 'speakers', e).some((m) => D.articles.publisher[D.made.article[m]] === Number(publisher))));
  };
  return [
    pageTitle('Speakers', h('p', null, 'Who is on record, how often, with which outlets and about whom.')),
    explorer({ view: 'speakers', params, columns, find, unit: ['speaker'],
      controls: [searchField('q', 'Name'), publisherChoice(), wordsChoice('type', 'Kind', VOCABULARY.entity_type)] }),
  ];
}

function namesOf(entity) {
  const all = once('names', () => []);
  return (all[entity] ??= [D.entities.name[entity], ...D.entities.aliases[entity]].join('\n').toLowerCase());
}

async function speakerView(params, id) {
  await load('articles', 'text', 'made', 'entities', 'claims');
  const entity = rowOf('entities', id);
  if (entity === undefined) return missing('speaker');
  const mentions = rowsBy('made', 'speakers', entity);
  const outlets = tally(mentions.map((m) => outlet(D.made.article[m])));
  const about = tally(mentions.flatMap((m) => D.made.entities[m]).filter((e) => e !== entity));
  const find = ({ q, publisher, attribution }) => {
    const low = (q || '').toLowerCase();
    const fits = (m) => (!publisher || D.articles.publisher[D.made.article[m]] === Number(publisher)) && (!attribution || kind(m) === attribution);
    return tally(mentions.filter(fits).map((m) => D.made.claim[m])).map(([c]) => c).filter((c) => !low || lowWording(c).includes(low));
  };
  const show = (rows) => h('ul', { class: 'cards' }, rows.map((claim) => h('li', null, claimCard(claim,
    rowsBy('made', 'claim', claim).filter((m) => D.made.speaker[m] === entity).slice(0, 5).map((m) => h('div', { class: 'edge ' + kind(m) }, passage(m), source(m)))))));
  return [
    pageTitle(D.entities.name[entity], D.entities.description[entity] && h('p', { class: 'standfirst' }, quoted(D.entities.description[entity])),
      facts([['Statements', number(mentions.length)], ['Articles', number(new Set(mentions.map((m) => D.made.article[m])).size)],
        ['Also an entity', h('a', { href: address('entities', id) }, 'names, and why they are one')]])),
    h('div', { class: 'columns' },
      outlets.length > 0 && barTable('With which outlets', 'Outlet', outlets.slice(0, 10).map(([name, n]) => [quoted(name), n])),
      about.length > 0 && barTable('About whom', 'Entity', about.slice(0, 10).map(([e, n]) => [toEntity(e), n])),
      barTable('How', 'Attribution', tally(mentions.map(kind)).map(([name, n]) => [name, n]))),
    h('section', null, h('h2', null, 'Everything on record'), legend(), explorer({ view: 'speakers', id, params, find, show, unit: ['claim'], page: 15,
      controls: [searchField('q', 'Words'), publisherChoice(), wordsChoice('attribution', 'Attribution', VOCABULARY.attribution)] })),
  ];
}

async function entitiesView(params) {
  await load('articles', 'entities');
  const type = (e) => VOCABULARY.entity_type[D.entities.entity_type[e]];
  const columns = [
    { key: 'name', head: 'Entity', value: (e) => D.entities.name[e], cell: (e) => [toEntity(e), D.entities.description[e] && h('span', { class: 'role' }, quoted(D.entities.description[e]))] },
    { key: 'type', head: 'Kind', value: type },
    { key: 'aliases', head: 'Also written', wide: true, value: (e) => D.entities.aliases[e].filter((a) => a !== D.entities.name[e]).slice(0, 4).join(' · ') },
    { key: 'country', head: 'Country', wide: true, value: (e) => D.entities.country_code[e] },
    { key: 'mentions', head: 'Mentions', number: true, value: (e) => D.entities.mention_count[e] },
    { key: 'articles', head: 'Articles', number: true, value: (e) => D.entities.article_count[e] },
  ];
  const ordered = [...every('entities')].sort((a, b) => D.entities.mention_count[b] - D.entities.mention_count[a] || a - b);
  const find = ({ q, type: wanted }) => {
    const low = (q || '').toLowerCase();
    return ordered.filter((e) => (!low || namesOf(e).includes(low)) && (!wanted || type(e) === wanted));
  };
  return [
    pageTitle('Entities', h('p', null, 'People, bodies and places across all articles, each with every way it is written.')),
    explorer({ view: 'entities', params, columns, find, unit: ['entity', 'entities'],
      controls: [searchField('q', 'Name or alias'), wordsChoice('type', 'Kind', VOCABULARY.entity_type)] }),
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
    pageTitle(D.entities.name[entity], D.entities.description[entity] && h('p', { class: 'standfirst' }, quoted(D.entities.description[entity])), facts([
      ['Kind', VOCABULARY.entity_type[D.entities.entity_type[entity]]], ['Country', D.entities.country_code[entity]],
      ['Wikidata', D.entities.wikidata_id[entity]], ['Stands for', stands >= 0 && toEntity(stands)],
      ['Mentions', number(D.entities.mention_count[entity])], ['Articles', number(D.entities.article_count[entity])],
      ['On record', said > 0 && h('a', { href: address('speakers', id) }, many(said, 'statement'))], ['Id', h('code', null, 'ent_' + id)],
    ])),
    h('section', null, h('h2', null, 'Every way it is written'), h('ul', { class: 'aliases' }, D.entities.aliases[entity].map((alias) => h('li', null, quoted(alias))))),
    h('section', null, h('h2', null, 'Why these are one entity'), edgeTable('entity_mentions', mentions, surface, (m) => D.mentions.article[m])),
    h('section', null, h('h2', null, 'Claims about it'), explorer({ view: 'entities', id, params, unit: ['claim'], page: 15,
      controls: [searchField('q', 'Words')], find: ({ q }) => about.filter((c) => !q || lowWording(c).includes(q.toLowerCase())),
      show: (rows) => h('ul', { class: 'cards' }, rows.map((c) => h('li', null, claimCard(c)))) })),
    h('section', null, h('h2', null, 'Where it is named'), h('ul', { class: 'plain' },
      tally(mentions.map((m) => D.mentions.article[m])).slice(0, 30).map(([a, n]) => h('li', null, toArticle(a), ` ${many(n, 'time')}`)))),
  ];
}
