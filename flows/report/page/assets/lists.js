// Lists that search, filter, sort and page. What is chosen stands in the address by ids and names, so that it can be
// sent, goes back, and means the same in the next version.

const PAGE = 40;

function control(label, element) {
  return h('label', { class: 'control' }, h('span', null, label), element);
}

function searchField(label) {
  return { name: 'q', label, make: (value, change) => h('input', {
    type: 'search', value: value || '', autocomplete: 'off', spellcheck: 'false',
    oninput: (event) => change(event.target.value),
  }) };
}

function choice(name, label, options, all) {
  return { name, label, said: (value) => (options.find(([key]) => String(key) === value) || [value, value])[1], make: (value, change) => {
    const select = h('select', { onchange: (event) => change(event.target.value) },
      h('option', { value: '' }, all || 'any'),
      options.map(([key, text]) => h('option', { value: String(key) }, text)));
    if (value && !options.some(([key]) => String(key) === value)) select.append(h('option', { value }, value));
    select.value = value || '';
    return select;
  } };
}

// Values with how often they come, most frequent first; named by `say`.
function counted(values, say = (value) => value) {
  return tally(values).slice(0, 300).map(([value, count]) => [value, `${say(value)} (${number(count)})`]);
}

// Outlets by name, with the rows that each has.
function outletChoice(articles) {
  return choice('outlet', 'Outlet', counted(articles.filter((a) => D.articles.publisher[a] >= 0).map(outlet)));
}

function ofOutlet(state, article) {
  return !state.outlet || outlet(article) === state.outlet;
}

function dayFields(from = 'Published from', until = 'until') {
  const day = (name, label) => ({ name, label, make: (value, change) => h('input', { type: 'date', value: value || '', oninput: (event) => change(event.target.value) }) });
  return [day('since', from), day('until', until)];
}

function inDays(state, date) {
  return (!state.since || (date || '') >= state.since) && (!state.until || (date && date <= state.until));
}

function entityChoice(name, label, entities) {
  return choice(name, label, counted(entities).map(([entity, text]) => [D.entities.id[entity], D.entities.name[entity] + text.slice(String(entity).length)]));
}

function wordsChoice(name, label, values) {
  return choice(name, label, counted(values, (value) => value.replaceAll('_', ' ')));
}

// view, id: of the address; find: (state, words) -> rows; show: rows -> element; columns: for tables, to sort by;
// record: row -> what is downloaded; empty: why there may be nothing at all.
function explorer({ view, id, params, controls, find, show, columns, unit, record, empty, page = PAGE }) {
  const state = Object.fromEntries(params);
  const status = h('span', { role: 'status' });
  const results = h('div', { class: 'results' });
  let waiting;
  let found = [];

  function change(changes) {
    Object.assign(state, { page: '' }, changes);
    history.replaceState(null, '', address(view, id, state));
    draw();
  }

  function sorted(rows) {
    const column = (columns || []).find((one) => one.key === state.sort);
    if (!column) return rows;
    const way = state.down ? -1 : 1;
    const values = new Map(rows.map((row) => [row, column.value(row)]));
    return [...rows].sort((a, b) => way * compare(values.get(a), values.get(b)) || (a < b ? -1 : 1));
  }

  // What is asked, in words, each with a button that takes it back.
  function nothing() {
    const asked = controls.filter(({ name }) => state[name]);
    if (!asked.length) return h('p', { class: 'none' }, empty || 'This list is empty.');
    const says = ({ name, label, said }) => `${label}: ${said ? said(state[name]) : state[name]}`;
    const back = (names) => { for (const name of names) if (fields[name]) fields[name].value = ''; change(Object.fromEntries(names.map((name) => [name, '']))); };
    return h('div', { class: 'none' }, h('p', null, `Nothing fits all of this at once. Take something back:`),
      h('p', { class: 'actions' }, asked.map((one) => h('button', { type: 'button', class: 'act', onclick: () => back([one.name]) }, says(one), ' ×')),
        asked.length > 1 && h('button', { type: 'button', class: 'act', onclick: () => back(asked.map((one) => one.name)) }, 'Everything ×')));
  }

  function draw() {
    const wanted = wordsOf(state.q);
    found = sorted(find(state, wanted));
    const pages = Math.max(1, Math.ceil(found.length / page));
    const now = Math.min(Math.max(1, Number(state.page) || 1), pages);
    const part = found.slice((now - 1) * page, now * page);
    status.textContent = many(found.length, ...unit) + (pages > 1 ? `, page ${now} of ${number(pages)}` : '');
    const turn = (to) => { change({ page: String(to) }); results.scrollIntoView({ block: 'start' }); };
    results.replaceChildren(
      found.length ? (columns ? sortable(columns, part, state, change) : show(part)) : nothing(),
      pages > 1 ? pager(now, pages, turn) : '',
    );
    markHits(results, wanted);
  }

  const fields = {};
  const made = controls.map(({ name, label, make }) => {
    fields[name] = make(state[name], (value) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => change({ [name]: value }), 120);
    });
    return control(label, fields[name]);
  });
  const form = h('form', { class: 'controls', role: 'search', 'aria-label': 'Filter', onsubmit: (event) => event.preventDefault() }, made);
  draw();
  const name = [view, id].filter(Boolean).join('-');
  const take = record || (columns && ((row) => Object.fromEntries(columns.map((column) => [column.key, column.value(row)]))));
  return [form, h('p', { class: 'count' }, status, take && downloads(name, () => found, take)), results];
}

function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === undefined || a === '') return 1;
  if (b === null || b === undefined || b === '') return -1;
  return typeof a === 'string' ? a.localeCompare(b, 'en') : a - b;
}

// Newest first; what has no date comes last.
function newestFirst(rows, date) {
  return [...rows].sort((a, b) => { const [p, q] = [date(a) || '', date(b) || '']; return p === q ? a - b : p < q ? 1 : -1; });
}

function pager(now, pages, turn) {
  const button = (text, to, on) => h('button', { type: 'button', disabled: !on, onclick: () => turn(to) }, text);
  return h('nav', { class: 'pager', 'aria-label': 'Pages' },
    button('First', 1, now > 1), button('Previous', now - 1, now > 1),
    h('span', null, `${number(now)} / ${number(pages)}`),
    button('Next', now + 1, now < pages), button('Last', pages, now < pages));
}

// columns: key, head, value (to sort by), cell (what is shown), number (right-aligned), wide (left out on a phone)
function sortable(columns, rows, state, change) {
  const heads = columns.map((column) => {
    const on = state.sort === column.key;
    const sort = () => change({ sort: column.key, down: (on ? !state.down : column.number) ? '1' : '' });
    return h('th', { scope: 'col', class: looks(column), 'aria-sort': on ? (state.down ? 'descending' : 'ascending') : null },
      h('button', { type: 'button', onclick: sort }, column.head, h('span', { 'aria-hidden': 'true' }, on ? (state.down ? ' ↓' : ' ↑') : '')));
  });
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table' },
    h('table', { class: 'rows' }, h('thead', null, h('tr', null, heads)),
      h('tbody', null, rows.map((row) => h('tr', null, columns.map((column) =>
        h('td', { class: looks(column, column.value(row)) }, column.cell ? column.cell(row) : shown(column.value(row)))))))));
}

function looks(column, value) {
  return [column.number && 'number', column.wide && 'wide', typeof value === 'string' && value.length > 40 && 'long'].filter(Boolean).join(' ') || null;
}

function shown(value) {
  if (value === null || value === undefined || value === '') return h('span', { class: 'absent' }, '–');
  return typeof value === 'number' ? number(value) : quoted(value);
}
