// Which view the address names; the theme; the search field of the header.

const VIEWS = {
  articles: [articlesView, articleView], speakers: [speakersView, speakerView], claims: [claimsView, claimView], conflicts: [conflictsView], stories: [storiesView, storyView],
  entities: [entitiesView, entityView], rejects: [rejectsView], tables: [tablesView, tablesView], search: [searchView],
};
const STATIC = ['overview', 'pictures'];
const stage = document.getElementById('view');
let turn = 0;

async function go(first) {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [name = '', id] = path.split('/');
  const view = VIEWS[name] ? name : STATIC.includes(name) ? name : 'overview';
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
    const [list, single] = VIEWS[view];
    const parts = await (id && single ? single(params, id) : list(params));
    if (current()) stage.replaceChildren(...parts.flat(Infinity).filter(Boolean));
  } catch (error) {
    if (current()) stage.replaceChildren(h('p', { class: 'none', role: 'alert' }, 'This view cannot be shown: ' + error.message));
    throw error;
  } finally {
    clearTimeout(slow);
  }
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
