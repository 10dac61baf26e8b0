// What a reader takes along: a quotation copied, linked or cited; a list as CSV or JSON; dates as bars.

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // a browser that gives files no clipboard
    const field = h('textarea', { class: 'unseen', 'aria-hidden': 'true' }, '');
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
}

function copyButton(label, of, make) {
  const button = h('button', { type: 'button', class: 'act', onclick: async () => {
    await toClipboard(make());
    button.firstChild.data = 'Copied';
    setTimeout(() => { button.firstChild.data = label; }, 1500);
  } }, label, h('span', { class: 'unseen' }, ': ' + of));
  return button;
}

function speakerNames(mention) {
  const together = D.made.speakers[mention];
  if (together.length) return together.map((e) => D.entities.name[e]).join('; ');
  return kind(mention) === 'narrated' ? '' : speakerSurface(mention);
}

function placeOf(mention) {
  return address('articles', D.articles.id[D.made.article[mention]], { at: D.made.id[mention] });
}

// Words, speaker, outlet, day, address, and where in which version they stand.
function citation(mention) {
  const article = D.made.article[mention];
  const bare = `“${words(mention).replace(/^[“”"«»]+|[“”"«»]+$/g, '')}”`;
  const stated = D.articles.publisher[article] < 0 ? null : outlet(article);
  const who = kind(mention) === 'narrated' ? `${stated || 'the outlet'} in its own voice` : D.made.speakers[mention].map((e) => D.entities.name[e]).join('; ') || 'a speaker who is not named';
  const parts = [who, ['direct', 'narrated'].includes(kind(mention)) ? bare : 'reported: ' + bare, D.articles.title[article] && `in “${D.articles.title[article]}”`, stated, D.articles.published_on[article], D.articles.url[article]];
  return `${parts.filter(Boolean).join(', ')}. onrecord ${document.body.dataset.version}, cmn_${D.made.id[mention]}.`.replace(/\s+/g, ' ');
}

function actions(mention, ...more) {
  const of = words(mention).slice(0, 60);
  return h('p', { class: 'actions' }, copyButton('Copy', of, () => words(mention)),
    copyButton('Link', of, () => location.href.split('#')[0] + placeOf(mention)), copyButton('Cite', of, () => citation(mention)), ...more);
}

// One claim mention as what it is: the words, who says them how, where, when.
function quotation(mention, ...more) {
  const claim = D.made.claim[mention];
  const articles = D.claims.article_count[claim];
  const full = statementOf(mention);
  const exact = words(mention);
  return h('div', { class: 'quotation edge ' + kind(mention) }, h('p', { class: 'wording', dir: 'auto' }, quoted(exact)),
    h('p', { class: 'by' }, saidBy(mention), ' ', badges(mention)), source(mention),
    full !== sentence(exact) && h('p', { class: 'also' }, 'Read alone: ', statement(full)), ...more, actions(mention, toClaim(claim, articles > 1 ? `The claim, made in ${number(articles)} articles` : 'The claim', h('span', { class: 'unseen' }, ': ' + exact.slice(0, 60)))));
}

function mentionRecord(mention) {
  const article = D.made.article[mention];
  return { published_on: D.articles.published_on[article], outlet: D.articles.publisher[article] < 0 ? null : outlet(article), speakers: speakerNames(mention) || null, cue: cueSurface(mention) || null,
    words: words(mention), statement: statementOf(mention), attribution: kind(mention), said_on: D.made.said_on[mention], title: headline(article), url: D.articles.url[article],
    confidence: D.made.confidence[mention] / 100, claim_id: 'clm_' + D.claims.id[D.made.claim[mention]], claim_mention_id: 'cmn_' + D.made.id[mention] };
}

// A cell that a spreadsheet would take for a formula gets an apostrophe.
function csvCell(value) {
  if (value === null || value === undefined) return '';
  const text = Array.isArray(value) ? value.join('; ') : String(value);
  const plain = typeof value !== 'number' && /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? "'" + text : text;
  return /[",\n\r]/.test(plain) ? '"' + plain.replaceAll('"', '""') + '"' : plain;
}

function toCsv(records) {
  const heads = records.length ? Object.keys(records[0]) : [];
  return '\ufeff' + [heads, ...records.map((record) => heads.map((head) => record[head]))].map((row) => row.map(csvCell).join(',')).join('\n') + '\n';
}

function save(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h('a', { href: url, download: `onrecord-${document.body.dataset.version}-${name}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function downloads(name, rows, record) {
  const records = () => rows().map(record);
  return h('span', { class: 'downloads' }, 'Download ',
    h('button', { type: 'button', class: 'act', onclick: () => save(name + '.csv', toCsv(records()), 'text/csv') }, 'CSV', h('span', { class: 'unseen' }, ' of this list')), ' ',
    h('button', { type: 'button', class: 'act', onclick: () => save(name + '.json', JSON.stringify(records(), null, 1), 'application/json') }, 'JSON', h('span', { class: 'unseen' }, ' of this list')));
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
function periodName(period) {
  const [year, month, day] = period.split('-');
  return [day && Number(day), month && MONTHS[month - 1], year].filter(Boolean).join(' ');
}

// Every period from the first to the last: days in two months, months in six years, else years.
function periods(first, last) {
  const days = (Date.parse(last) - Date.parse(first)) / 864e5;
  const length = days <= 62 ? 10 : days <= 2200 ? 7 : 4;
  const all = [];
  const at = new Date(Date.parse(first.slice(0, length) + '-01-01'.slice(0, 10 - length)));
  while (at.toISOString().slice(0, length) <= last.slice(0, length)) {
    all.push(at.toISOString().slice(0, length));
    if (length === 10) at.setUTCDate(at.getUTCDate() + 1);
    else if (length === 7) at.setUTCMonth(at.getUTCMonth() + 1);
    else at.setUTCFullYear(at.getUTCFullYear() + 1);
  }
  return all;
}

// Dates as bars over time, each named: “September 2016: 948 claims”.
function timeline(dates, one) {
  const known = dates.filter(Boolean).sort();
  if (known.length < 2 || known[0] === known.at(-1)) return null;
  const all = periods(known[0], known.at(-1));
  const counts = new Map(tally(known.map((date) => date.slice(0, all[0].length))));
  const most = Math.max(...counts.values());
  const busiest = all.find((period) => counts.get(period) === most);
  const says = (period) => `${periodName(period)}: ${many(counts.get(period) || 0, one)}`;
  const bar = (period) => h('li', { share: `${(100 * (counts.get(period) || 0)) / most}%`, title: says(period) }, counts.has(period) && h('span', { class: 'unseen' }, says(period)));
  return h('figure', { class: 'timeline' }, h('figcaption', null, `${periodName(all[0])} to ${periodName(all.at(-1))}; most in ${says(busiest)}.`, known.length < dates.length && ` ${number(dates.length - known.length)} without a date.`),
    h('ol', { 'aria-label': many(known.length, one) + ' over time' }, all.map(bar)));
}
