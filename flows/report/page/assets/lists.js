// Lists that search, filter, sort and page. What is chosen stands in the address, so that it can be sent and goes back.

const PAGE = 40;

function control(label, element) {
  return h('label', { class: 'control' }, h('span', null, label), element);
}

function searchField(name, label) {
  return { name, label, make: (value, change) => h('input', {
    type: 'search', value: value || '', autocomplete: 'off', spellcheck: 'false',
    oninput: (event) => change(event.target.value),
  }) };
}

function choice(name, label, options, all) {
  return { name, label, make: (value, change) => {
    const select = h('select', { onchange: (event) => change(event.target.value) },
      h('option', { value: '' }, all || 'any'),
      options.map(([key, text]) => h('option', { value: String(key) }, text)));
    select.value = value || '';
    return select;
  } };
}

function publisherChoice() {
  return choice('publisher', 'Outlet', D.articles.publishers.map((name, i) => [i, name]));
}

function wordsChoice(name, label, values) {
  return choice(name, label, values.map((value) => [value, value.replaceAll('_', ' ')]));
}

// view: name and id of the address; find: state -> rows; show: rows -> element; columns: for tables, to sort by.
function explorer({ view, id, params, controls, find, show, columns, unit, page = PAGE }) {
  const state = Object.fromEntries(params);
  const status = h('p', { class: 'count', role: 'status' });
  const results = h('div', { class: 'results' });
  let waiting;

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
    return [...rows].sort((a, b) => way * compare(values.get(a), values.get(b)) || a - b);
  }

  function draw() {
    const rows = sorted(find(state));
    const pages = Math.max(1, Math.ceil(rows.length / page));
    const now = Math.min(Math.max(1, Number(state.page) || 1), pages);
    const part = rows.slice((now - 1) * page, now * page);
    status.textContent = many(rows.length, ...unit) + (pages > 1 ? `, page ${now} of ${number(pages)}` : '');
    const turn = (to) => { change({ page: String(to) }); results.scrollIntoView({ block: 'start' }); };
    results.replaceChildren(
      rows.length ? (columns ? sortable(columns, part, state, change) : show(part)) : h('p', { class: 'none' }, 'Nothing here fits these filters.'),
      pages > 1 ? pager(now, pages, turn) : '',
    );
  }

  const form = h('form', { class: 'controls', role: 'search', 'aria-label': 'Filter', onsubmit: (event) => event.preventDefault() },
    controls.map(({ name, label, make }) => control(label, make(state[name], (value) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => change({ [name]: value }), 120);
    }))));
  draw();
  return [form, status, results];
}

function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === undefined || a === '') return 1;
  if (b === null || b === undefined || b === '') return -1;
  return typeof a === 'string' ? a.localeCompare(b, 'en') : a - b;
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
