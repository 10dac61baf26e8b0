// Which view the address names; the theme; the search field of the header.

const VIEWS = { __proto__: null,
  statements: [statementsView, null],
  articles: [articlesView, articleView], speakers: [speakersView, speakerView], claims: [claimsView, claimView], conflicts: [conflictsView], stories: [storiesView, storyView],
  entities: [entitiesView, entityView], rejects: [rejectsView], tables: [tablesView, tablesView], search: [searchView],
};
const STATIC = ['overview', 'pictures'];
const stage = document.getElementById('view');
let turn = 0;

async function go(first) {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [name = '', id] = path.split('/');
  const view = VIEWS[name] || STATIC.includes(name) ? name : name ? 'unknown' : 'overview';
  for (const link of document.querySelectorAll('#views a')) {
    if (link.hash === '#/' + view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  for (const one of STATIC) document.getElementById(one).hidden = one !== view;
  stage.hidden = STATIC.includes(view);
  const mine = ++turn;
  if (!STATIC.includes(view)) await fill(view, id, new URLSearchParams(query || ''), () => mine === turn);
  if (mine !== turn) return;
  const heading = document.querySelector(`${STATIC.includes(view) ? '#' + view : '#view'} h1`);
  document.title = `${heading ? heading.textContent.slice(0, 80) : 'Report'} – onrecord ${document.body.dataset.version}`;
  const target = document.getElementById('at-' + new URLSearchParams(query || '').get('at'));
  if (target) { target.classList.add('found'); target.scrollIntoView({ block: 'center' }); target.focus({ preventScroll: true }); }
  else if (!first) { window.scrollTo(0, 0); heading?.focus({ preventScroll: true }); }
}

async function fill(view, id, params, current) {
  const slow = setTimeout(() => { if (current()) stage.replaceChildren(h('p', { class: 'none', role: 'status' }, 'Unpacking the tables …')); }, 150);
  try {
    await followed(view, id, params);
    const [list, single] = VIEWS[view] || [unknownView, unknownView];
    const now = moved(view, id);
    const parts = await (id && single ? single(params, now) : list(params, id));
    if (current()) stage.replaceChildren(...parts.flat(Infinity).filter(Boolean));
  } catch (error) {
    if (current()) stage.replaceChildren(h('p', { class: 'none', role: 'alert' }, 'This view cannot be shown: ' + error.message));
    throw error;
  } finally {
    clearTimeout(slow);
  }
}

// Ids of an earlier version lead to what they became in this one.
const PREFIXES = { __proto__: null, claims: 'clm_', entities: 'ent_', speakers: 'ent_', stories: 'str_', articles: 'art_' };

async function followed(view, id, params) {
  if (!PREFIXES[view] && !params.get('speaker') && !params.get('about')) return;
  await load('redirects');
  for (const name of ['speaker', 'about']) if (params.get(name)) params.set(name, moved('entities', params.get(name)));
}

function moved(view, id) {
  if (!id || !PREFIXES[view]) return id;
  const led = once('redirects', () => new Map(D.redirects.retired_id.map((retired, row) => [retired, D.redirects.current_id[row]])));
  return (led.get(PREFIXES[view] + id) || '').slice(4) || id;
}

function unknownView() {
  return [pageTitle('No such view', h('p', null, 'This page has no view of the address ', quoted(location.hash), '. It may be of another version, or mistyped.'), h('p', null, h('a', { href: '#/overview' }, 'To the overview')))];
}

const THEMES = ['auto', 'light', 'dark'];
const themeButton = document.getElementById('theme');
function theme(wanted) {
  document.documentElement.dataset.theme = wanted;
  themeButton.textContent = { auto: 'Theme: auto', light: 'Theme: light', dark: 'Theme: dark' }[wanted];
}
function remembered(value) {
  try {
    if (value) localStorage.setItem('onrecord-theme', value);
    return localStorage.getItem('onrecord-theme');
  } catch {
    return value; // a browser that keeps nothing for files
  }
}
theme(THEMES.includes(remembered()) ? remembered() : 'auto');
themeButton.addEventListener('click', () => {
  const next = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length];
  remembered(next);
  theme(next);
});

document.getElementById('to-quality').addEventListener('click', (event) => {
  event.preventDefault();
  const heading = document.querySelector('#quality h2');
  heading.scrollIntoView({ block: 'start' });
  heading.focus({ preventScroll: true });
});
document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault(); // the address is taken by the views
  document.querySelector('main').focus();
});
document.getElementById('search').addEventListener('submit', (event) => {
  event.preventDefault();
  location.hash = address('search', '', { q: event.target.elements.q.value });
});
window.addEventListener('hashchange', () => go(false));
go(true);
