// Every table as it is in the Parquet files, to search, filter and sort; what was refused; and search over everything.

const TABLES = { __proto__: null,
  articles: { needs: ['articles'], rows: () => every('articles'), columns: [
    ['article_id', (r) => 'art_' + D.articles.id[r], (r) => h('a', { href: address('articles', D.articles.id[r]) }, 'art_' + D.articles.id[r])],
    ['title', (r) => D.articles.title[r]], ['publisher', (r) => D.articles.publishers[D.articles.publisher[r]]], ['author', (r) => D.articles.author[r]],
    ['published_on', (r) => D.articles.published_on[r]], ['url', (r) => D.articles.url[r]], ['word_count', (r) => D.articles.word_count[r]], ['source_uri', (r) => D.articles.source_uri[r]],
    ['duplicate_of', (r) => idOf('articles', 'art_', D.articles.duplicate_of[r])], ['revision_of', (r) => idOf('articles', 'art_', D.articles.revision_of[r])]] },
  entity_mentions: { needs: ['articles', 'text', 'mentions', 'entities'], rows: () => once('mention rows', () => D.mentions.start.map((_, r) => r)), columns: [
    ['article_id', (r) => 'art_' + D.articles.id[D.mentions.article[r]], (r) => toArticle(D.mentions.article[r])], ['start_char', (r) => D.mentions.start[r]],
    ['end_char', (r) => D.mentions.start[r] + D.mentions.length[r]], ['surface', (r) => cut(D.mentions.article[r], D.mentions.start[r], D.mentions.start[r] + D.mentions.length[r])],
    ['mention_type', (r) => VOCABULARY.mention_type[D.mentions.mention_type[r]]], ['entity', (r) => D.entities.name[D.mentions.entity[r]], (r) => toEntity(D.mentions.entity[r])]] },
  entities: { needs: ['articles', 'entities'], rows: () => every('entities'), columns: [
    ['entity_id', (r) => 'ent_' + D.entities.id[r], (r) => h('a', { href: address('entities', D.entities.id[r]) }, 'ent_' + D.entities.id[r])], ['name', (r) => D.entities.name[r]],
    ['entity_type', (r) => VOCABULARY.entity_type[D.entities.entity_type[r]]], ['aliases', (r) => D.entities.aliases[r].join(' · ')], ['country_code', (r) => D.entities.country_code[r]],
    ['wikidata_id', (r) => D.entities.wikidata_id[r]], ['description', (r) => D.entities.description[r]], ['described_in', (r) => idOf('articles', 'art_', D.entities.described_in[r])], ['described_on', (r) => D.entities.described_on[r]], ['stands_for', (r) => idOf('entities', 'ent_', D.entities.stands_for[r])],
    ['mention_count', (r) => D.entities.mention_count[r]], ['article_count', (r) => D.entities.article_count[r]]] },
  claim_mentions: { needs: ['articles', 'text', 'made', 'entities', 'claims'], rows: () => every('made'), columns: [
    ['claim_mention_id', (r) => 'cmn_' + D.made.id[r], (r) => h('a', { href: address('articles', D.articles.id[D.made.article[r]], { at: D.made.id[r] }) }, 'cmn_' + D.made.id[r])],
    ['statement', statementOf, (r) => toClaim(D.made.claim[r], quoted(statementOf(r)))], ['text', words], ['attribution', kind], ['speaker', (r) => D.entities.name[D.made.speaker[r]]], ['speaker_surface', speakerSurface], ['cue', cueSurface],
    ['polarity', (r) => VOCABULARY.polarity[D.made.polarity[r]]], ['modality', (r) => VOCABULARY.modality[D.made.modality[r]]], ['confidence', (r) => D.made.confidence[r] / 100],
    ['start_char', (r) => D.made.start[r]], ['end_char', (r) => D.made.end[r]]] },
  claims: { needs: ['articles', 'text', 'made', 'entities', 'claims'], rows: () => every('claims'), columns: [
    ['claim_id', (r) => 'clm_' + D.claims.id[r], (r) => toClaim(r, 'clm_' + D.claims.id[r])], ['text', wording], ['polarity', (r) => VOCABULARY.polarity[D.claims.polarity[r]]], ['modality', (r) => VOCABULARY.modality[D.claims.modality[r]]],
    ['speakers', (r) => D.claims.speakers[r].map((e) => D.entities.name[e]).join(' · ')], ...['mention_count', 'article_count', 'independent_count', 'publisher_count', 'first_published_on', 'last_published_on'].map((name) => [name, (r) => D.claims[name][r]])] },
  claim_conflicts: { needs: ['articles', 'text', 'made', 'entities', 'claims', 'conflicts'], rows: () => every('conflicts'), columns: [
    ['conflict_id', (r) => 'cfl_' + D.conflicts.id[r]], ['claim a', (r) => wording(D.conflicts.a[r]), (r) => toClaim(D.conflicts.a[r], quoted(wording(D.conflicts.a[r])))], ['claim b', (r) => wording(D.conflicts.b[r]), (r) => toClaim(D.conflicts.b[r], quoted(wording(D.conflicts.b[r])))],
    ['conflict_type', (r) => D.conflicts.conflict_type[r]], ['explanation', (r) => D.conflicts.explanation[r]], ['confidence', (r) => D.conflicts.confidence[r] / 100]] },
  stories: { needs: ['stories', 'entities'], rows: () => every('stories'), columns: [
    ['story_id', (r) => 'str_' + D.stories.id[r], (r) => h('a', { href: address('stories', D.stories.id[r]) }, 'str_' + D.stories.id[r])], ['title', (r) => D.stories.title[r]],
    ...['first_published_on', 'last_published_on', 'article_count', 'independent_count', 'publisher_count'].map((name) => [name, (r) => D.stories[name][r]]),
    ['entities', (r) => D.stories.entities[r].map((e) => D.entities.name[e]).join(' · ')]] },
  coverage: { needs: ['articles', 'text', 'made', 'entities', 'claims', 'stories', 'coverage'], rows: () => once('coverage rows', () => D.coverage.story.map((_, r) => r)), columns: [
    ['story', (r) => storyTitle(D.coverage.story[r]), (r) => toStory(D.coverage.story[r])], ['claim', (r) => wording(D.coverage.claim[r]), (r) => toClaim(D.coverage.claim[r], quoted(wording(D.coverage.claim[r])))],
    ['publisher', (r) => D.coverage.publishers[D.coverage.publisher[r]]], ['stance', (r) => VOCABULARY.stance[D.coverage.stance[r]]], ['speakers', (r) => D.coverage.speakers[r].map((e) => D.entities.name[e]).join(' · ')]] },
  statements: { needs: ['articles', 'text', 'made', 'entities', 'claims'], rows: () => every('made'), columns: [
    ['statement', statementOf, (r) => toClaim(D.made.claim[r], quoted(statementOf(r)))], ['text', words], ['speakers', (r) => D.made.speakers[r].map((e) => D.entities.name[e]).join('; ')], ['cue', cueSurface], ['attribution', kind],
    ['publisher', (r) => outlet(D.made.article[r])], ['title', (r) => headline(D.made.article[r]), (r) => toArticle(D.made.article[r], r)], ['published_on', (r) => D.articles.published_on[D.made.article[r]]], ['said_on', (r) => D.made.said_on[r]]] },
  resolution_edges: { needs: ['articles', 'text', 'made', 'mentions', 'edges'], rows: () => once('edge rows', () => ['entity_mentions', 'claim_mentions'].flatMap((t) => D.edges[t].left.map((_, i) => [t, i]))), columns: [
    ['table', ([t]) => t], ['left', ([t, i]) => edgeText(t, D.edges[t].left[i])], ['right', ([t, i]) => edgeText(t, D.edges[t].right[i])],
    ['judgement', ([t, i]) => (D.edges[t].positive[i] ? 'positive' : 'negative')], ['score', ([t, i]) => D.edges[t].score[i] / 100], ['reason', ([t, i]) => D.edges[t].reasons[D.edges[t].reason[i]]]] },
  redirects: plainTable('redirects'),
  rejects: plainTable('rejects'),
};

function idOf(table, prefix, row) {
  return row < 0 ? null : prefix + D[table].id[row];
}

function edgeText(table, row) {
  return table === 'claim_mentions' ? words(row) : cut(D.mentions.article[row], D.mentions.start[row], D.mentions.start[row] + D.mentions.length[row]);
}

function plainTable(name) {
  const columns = { redirects: ['table', 'retired_id', 'current_id', 'since_version'], rejects: ['stage', 'source_uri', 'reason', 'detail', 'payload'] }[name];
  return { needs: [name], rows: () => once(name + ' rows', () => D[name][columns[0]].map((_, r) => r)), columns: columns.map((column) => [column, (r) => D[name][column][r]]) };
}

function tableExplorer(view, id, params, table, more) {
  const columns = table.columns.map(([key, value, cell]) => ({ key, head: key, value, cell, number: false }));
  const find = (state, wanted) => {
    const looked = state.in ? columns.filter((column) => column.key === state.in) : columns;
    return table.rows().filter((row) => (more || (() => true))(row, state) &&
      (!wanted.length || hasWords(looked.map((column) => folded(String(column.value(row) ?? ''))).join('\n'), wanted)));
  };
  return { view, id, params, columns, find, unit: ['row'], empty: 'This table has no row.', controls: [searchField('Words'), choice('in', 'In column', columns.map((c) => [c.key, c.key]), 'any')] };
}

async function tablesView(params, id) {
  const name = TABLES[id] ? id : 'claim_mentions';
  await load(...TABLES[name].needs);
  return [
    pageTitle('Tables', h('p', null, 'The rows behind every view. Long columns and ids that say nothing here are in the Parquet files beside this page.')),
    h('div', { class: 'tabs', role: 'group', 'aria-label': 'Table' }, Object.keys(TABLES).map((one) => h('a', { href: address('tables', one), 'aria-current': one === name ? 'true' : null }, one))),
    explorer(tableExplorer('tables', name, params, TABLES[name])),
  ];
}

async function rejectsView(params) {
  await load('rejects');
  const heads = { stage: 'Refused while', source_uri: 'Read from', reason: 'Reason', detail: 'What it is, and what to do', payload: 'What was kept of it' };
  const made = tableExplorer('rejects', '', params, TABLES.rejects, (row, { reason }) => !reason || D.rejects.reason[row] === reason);
  made.controls = [made.controls[0], choice('reason', 'Reason', counted(D.rejects.reason, (reason) => reason.replaceAll('_', ' ')))];
  made.columns = made.columns.map((column) => ({ ...column, head: heads[column.key], wide: column.key === 'payload' || column.key === 'stage' }));
  made.empty = 'Nothing was refused: all that came in became an article.';
  return [pageTitle('Rejects', h('p', null, 'Everything that came in and is not in the tables, with its reason, and notes on articles. Nothing is dropped silently.')), explorer(made)];
}
