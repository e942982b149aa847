'use strict';
// Shows one sentence after another and says what the coder decides. All text is set as text.

const token = location.hash.slice(1);
const $ = (id) => document.getElementById(id);
const known = ['critical', 'neutral', 'supportive'];
const colour = (label) => (known.includes(label) ? label : 'other');

let session = null;   // what holds for the whole page
let card = null;      // the sentence shown
let shownAt = 0;      // when
let busy = false;     // a decision is on its way
let marks = [];       // marked words, in characters
let marking = false;
let voice = 'outlet';
let view = 'label';
const speakers = new Set();   // names on the cards so far, to choose from

// ---- asking the server

// Characters that change the direction of the text around them, or that no text has, are replaced one by one, so
// that all places stay.
const harmless = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');

async function ask(path, body) {
  const options = { headers: { 'X-Framescope-Token': token }, cache: 'no-store' };
  if (body !== undefined) {
    options.method = 'POST';
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  const found = JSON.parse(await answer.text(), (_, value) => (typeof value === 'string' ? harmless(value) : value));
  if (!answer.ok) throw Object.assign(new Error(found.error), { status: answer.status, found });
  return found;
}

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const newRequest = () => [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, '0')).join('');

// Asks until there is an answer: the same request is never done twice.
async function insist(path, body) {
  for (let pause = 250; ; pause = Math.min(pause * 2, 8000)) {
    try {
      const found = await ask(path, body);
      alertText('');
      return found;
    } catch (error) {
      const isOut = error.status === undefined || error.status === 507 || error.status === 429 || error.status === 503;
      if (!isOut) throw error;
      alertText(error.status === undefined
        ? 'Not saved yet: framescope does not answer. Leave this page open; it tries again by itself. If it was ended, start it with --resume.'
        : `Not saved yet: ${error.message}. It is tried again.`);
      await wait(pause);
    }
  }
}

// ---- small pieces

function alertText(text) { $('alert').textContent = text; $('alert').hidden = !text; }
function tell(text) { $('told').textContent = text; }

function part(name, text, attributes = {}) {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function table(id, caption, head, rows) {
  const isNumber = (value) => typeof value === 'number' || /^[±–\d]/.test(value);
  const heads = part('tr');
  heads.append(...head.map((text) => part('th', text, { scope: 'col' })));
  const top = part('thead');
  top.append(heads);
  const body = part('tbody');
  for (const row of rows) {
    const line = part('tr');
    line.append(...row.map((value, at) => part(at ? 'td' : 'th', String(value), at ? (isNumber(value) ? { class: 'number' } : {}) : { scope: 'row' })));
    body.append(line);
  }
  $(id).replaceChildren(part('caption', caption), top, body);
}

// ---- the sentence

const characters = (text) => Array.from(text);

// The sentence in pieces that end where a target or mark begins or ends.
function showSentence() {
  const letters = characters(card.text);
  const ends = new Set([0, letters.length, ...card.mentions.flat(), ...marks.flat()]);
  const cuts = [...ends].sort((a, b) => a - b);
  const inside = (spans, at) => spans.some(([start, end]) => start <= at && at < end);
  const pieces = marking ? words(letters) : cuts.slice(0, -1).map((start, at) => ({ start, end: cuts[at + 1] }));
  const focus = document.activeElement?.dataset?.start;
  $('sentence').replaceChildren(...pieces.map(({ start, end, isWord }) => {
    const text = letters.slice(start, end).join('');
    const target = inside(card.mentions, start) ? ' target' : '';
    if (isWord) {
      const button = part('button', text, { type: 'button', class: target.trim(), 'aria-pressed': inside(marks, start), 'data-start': start });
      button.addEventListener('click', () => toggleMark(start, end));
      return button;
    }
    const marked = inside(marks, start);
    return part(marked ? 'mark' : 'span', text, { class: (marked ? 'marked' : '') + target });
  }));
  if (marking && focus !== undefined) $('sentence').querySelector(`[data-start="${focus}"]`)?.focus();
}

function words(letters) {
  const found = [];
  let start = 0;
  const isLetter = (letter) => /[\p{L}\p{N}\p{M}’'\-]/u.test(letter);
  for (let at = 1; at <= letters.length; at++) {
    if (at === letters.length || isLetter(letters[at]) !== isLetter(letters[start])) {
      found.push({ start, end: at, isWord: isLetter(letters[start]) });
      start = at;
    }
  }
  return found;
}

function toggleMark(start, end) {
  const isMarked = marks.some(([from, to]) => from <= start && start < to);
  marks = isMarked ? marks.filter(([from, to]) => !(from <= start && start < to)) : [...marks, [start, end]].sort((a, b) => a[0] - b[0]);
  showSentence();
}

function setMarking(on) {
  marking = on;
  $('mark').setAttribute('aria-pressed', on);
  $('mark-hint').hidden = !on;
  showSentence();
  if (on) $('sentence').querySelector('button')?.focus();
  else $('card').focus({ preventScroll: true });
}

function showVoice() {
  const isOther = voice !== card.voice;
  $('voice').replaceChildren(part('kbd', 'v'), ` Voice: ${voice === 'outlet' ? 'the outlet’s own' : 'a source’s'}${isOther ? ' (corrected)' : ''}`);
  $('speaker-field').hidden = voice === 'outlet';
}

function suggestSpeakers(names) {
  names.split(';').map((name) => name.trim()).filter(Boolean).forEach((name) => speakers.add(name));
  $('speakers').replaceChildren(...[...speakers].sort().map((name) => part('option', undefined, { value: name })));
}

function show(next) {
  card = next;
  if (!card) return showDone();
  marking = false;
  const given = card.decision;
  marks = given?.marks ?? [];
  voice = given?.voice ?? card.voice;
  $('speaker').value = given?.speaker ?? card.speaker;
  suggestSpeakers($('speaker').value);
  $('part').value = given?.part ?? card.part;
  $('mark').setAttribute('aria-pressed', false);
  $('mark-hint').hidden = true;
  $('note-form').hidden = true;
  $('note').value = given?.note ?? '';
  const total = session.counts.total;
  const where = session.is_lead ? 'In dispute' : `Sentence ${card.at + 1} of ${total}`;
  const about = session.is_blind ? '' : [card.outlet, card.date].filter(Boolean).join(', ');
  $('place').textContent = [where, about, card.target && `target: ${card.target}`].filter(Boolean).join(' · ');
  $('headline').textContent = card.part === 'headline' ? '' : card.headline;
  $('headline').hidden = !$('headline').textContent;
  $('before').textContent = card.before;
  $('after').textContent = card.after;
  $('article').hidden = true;
  $('article').replaceChildren();
  $('more').setAttribute('aria-expanded', false);
  $('question').textContent = session.codebook?.question ?? `Which ${session.dimension} has the sentence?`;
  for (const button of $('answers').children) {
    button.setAttribute('aria-pressed', given?.answer?.label === button.dataset.label);
  }
  $('skip').setAttribute('aria-pressed', given?.answer === 'skipped');
  $('unsure').setAttribute('aria-pressed', given?.answer === 'cannot_say');
  $('back').disabled = session.is_lead || card.at === 0;
  $('forth').disabled = session.is_lead || card.at + 1 >= total;
  $('codes').replaceChildren(...card.codes.map((code) => {
    const line = part('p');
    const label = code.answer.label ?? (code.answer === 'skipped' ? 'skipped' : 'cannot say');
    line.append(`${code.coder}: `, part('span', label, { class: `said ${colour(label)}` }));
    if (code.note) line.append(` “${code.note}”`);
    if (code.voice) line.append(`; voice: ${code.voice}`);
    return line;
  }));
  showVoice();
  showSentence();
  showView('label');
  shownAt = performance.now();
  if (!session.is_lead) scrollTo(0, 0);
}

function showDone() {
  const { total, decided, skipped } = session.counts;
  $('done-text').textContent = session.is_lead
    ? 'Open Progress or Agreement above.'
    : `${decided} of ${total} have an answer${skipped ? `, ${skipped} were skipped` : ''}. The labels are in ${session.label_file}. u takes back the last one; arrows look through them.`;
  $('done-title').textContent = session.is_lead ? 'Several coders' : 'All sentences are labelled';
  showView('done');
}

function showCounts(counts) {
  session.counts = counts;
  const { total, decided, skipped } = counts;
  $('who').textContent = session.is_lead ? 'Progress, agreement and disputes'
    : `${session.coder}: ${decided} of ${total} decided${skipped ? `, ${skipped} skipped` : ''}`;
  $('bar').hidden = session.is_lead;
  $('bar').setAttribute('aria-valuemax', total);
  $('bar').setAttribute('aria-valuenow', decided);
  $('bar').firstElementChild.style.setProperty('width', `${total ? 100 * decided / total : 0}%`);
}

// ---- deciding

async function decide(answer, note) {
  if (busy || !card) return;
  busy = true;
  document.body.setAttribute('aria-busy', true);
  const body = { card: card.card, seen: card.revision, request: newRequest(), answer, marks, seconds: (performance.now() - shownAt) / 1000 };
  body.note = note ?? (answer === 'cannot_say' ? '' : card.decision?.note ?? '');
  if (voice !== card.voice) body.voice = voice;
  const speaker = voice === 'outlet' ? '' : $('speaker').value.trim();
  if (speaker !== card.speaker) body.speaker = speaker;
  suggestSpeakers(speaker);
  if ($('part').value !== card.part) body.part = $('part').value;
  try {
    const found = await insist('/api/decide', body);
    const said = answer.label ?? (answer === 'skipped' ? 'Skipped' : 'Cannot say');
    finish(found, `Saved: ${said}.`);
    if (session.is_lead) await showAgreement();
  } catch (error) {
    if (error.found?.error === 'changed') await lagging();
    else alertText(`Not saved: ${error.message}`);
  } finally {
    busy = false;
    document.body.removeAttribute('aria-busy');
  }
}

// Another tab or machine has decided on this sentence meanwhile.
async function lagging() {
  const fresh = await ask(`/api/card?card=${card.card}`);
  const was = fresh.decision?.answer;
  show(fresh);
  const said = was === undefined ? 'taken back' : was.label ?? (was === 'skipped' ? 'skipped' : 'cannot say');
  alertText(`Nothing was changed: this sentence was decided in another tab or on another machine (${said}). Decide again to change it, or go on with →.`);
}

async function undo() {
  if (busy) return;
  busy = true;
  try {
    finish(await insist('/api/undo', { request: newRequest() }), 'Taken back.');
  } catch (error) {
    alertText(error.message);
  } finally {
    busy = false;
  }
}

function finish(found, said) {
  showCounts(found.counts);
  show(found.next);
  if (found.warning) alertText(found.warning);
  tell(found.next ? `${said} Next: ${found.next.text}` : `${said} All sentences are labelled.`);
}

async function go(step) {
  if (busy || session.is_lead) return;
  const at = card ? card.at + step : session.counts.total - 1;
  if (at < 0 || at >= session.counts.total) return;
  try {
    show(await ask(`/api/card?at=${at}`));
    tell(card.text);
  } catch (error) { alertText(`Cannot be shown: ${error.message}`); }
}

async function toggleArticle() {
  const region = $('article');
  if (!region.hidden) {
    region.hidden = true;
    $('more').setAttribute('aria-expanded', false);
    return;
  }
  const sentences = await ask(`/api/article?card=${card.card}`);
  let paragraph = null;
  const shown = [];
  for (const sentence of sentences) {
    if (paragraph === null || paragraph.number !== sentence.paragraph) {
      paragraph = { number: sentence.paragraph, element: part(sentence.paragraph ? 'p' : 'h3', undefined, { dir: 'auto' }) };
      shown.push(paragraph.element);
    }
    const isAside = sentence.part === 'comment' || sentence.part === 'boilerplate';
    paragraph.element.append(part('span', sentence.text, { class: (sentence.is_here ? 'here' : '') + (isAside ? ' aside' : '') }), ' ');
  }
  region.replaceChildren(...shown);
  region.hidden = false;
  $('more').setAttribute('aria-expanded', true);
  const here = region.querySelector('.here');
  if (here) region.scrollTop = here.offsetTop - region.offsetTop - 80;
  region.focus({ preventScroll: true });
}

// ---- the other views

function showView(name) {
  view = name;
  for (const section of document.querySelectorAll('.view')) section.hidden = section.id !== `view-${name}`;
  const pressed = name === 'done' ? 'label' : name;
  for (const button of document.querySelectorAll('nav button')) button.setAttribute('aria-pressed', button.dataset.view === pressed);
}

const points = (share) => (share === null ? 'too few' : `±${Math.round(share * 100)}`);
// Where every sentence has a label nothing is left to chance.
const now = (of) => (of.labelled > 0 && of.labelled === of.sentences ? 'all labelled' : points(of.now));
const voiceName = { outlet: 'own words', attributed: 'quoted' };

async function showProgress() {
  const found = await ask('/api/progress');
  const minutes = (n) => (n === null ? '–' : n < 1 ? 'under a minute' : n < 90 ? `${Math.round(n)} min` : `${(n / 60).toFixed(1)} h`);
  const rate = (n) => (n === null ? '–' : n.toFixed(1));
  $('pace').textContent = `${found.labelled} of ${found.cards} sentences have a label.`;
  table('coders', 'Coders', ['Coder', 'Decided', 'Skipped', 'Of', 'A minute', 'Time left'],
    found.coders.map((of) => [of.coder, of.decided, of.skipped, of.cards, rate(of.per_minute), minutes(of.minutes_left)]));
  $('strata').parentElement.hidden = found.strata.length === 0;
  // Sentences chosen to train on say nothing of shares.
  $('report-line').hidden = !session.sees_all || session.is_for_training;
  const many = new Set(found.strata.map((of) => of.target)).size > 1;
  const rows = [...found.together.map((of) => ({ ...of, outlet: 'All outlets' })), ...found.strata];
  const width = (of) => [now(of), ...of.more.map(points), of.now === null && of.more.every((n) => n === null) ? '–' : of.label];
  table('strata', 'How far 95 % intervals reach to either side, in points', ['Outlet', ...(many ? ['Target'] : []), 'Voice', 'Now', ...found.steps.map((n) => `${n} more`), 'Label', 'Labelled', 'Drawn', 'In all'],
    rows.map((of) => [of.outlet || '(no outlet)', ...(many ? [of.target] : []), voiceName[of.voice], ...width(of), of.labelled, of.drawn, of.sentences]));
  $('widths').textContent = found.strata.length === 0 ? '' :
    'Of the label whose interval is widest. Labels more are those of all rows together, as the next sentences come. Below 30 labels nothing is said. '
    + 'Intervals are wider if sentences of one article are alike.'
    + hopeless(found.strata)
    + (found.strata.some((of) => !of.is_measured && of.now !== null) ? ' Some rows still take the model’s probabilities to be right here.' : '');
  showView('progress');
  $('view-progress').focus({ preventScroll: true });
  if (session.is_for_training && session.sees_all) await showTraining();
}

// The model is trained again beside the labelling, after every twenty labels.
async function showTraining() {
  const { check, failure, is_running: isRunning } = await ask('/api/training');
  $('training').hidden = false;
  const running = isRunning ? 'A model is being trained …' : '';
  const failed = failure ? `No model can be trained yet: ${failure}.` : '';
  const advice = check ? `After ${check.labels} labels. ${check.advice}` : failed || 'A model is trained after the first twenty labels.';
  $('training-told').textContent = running || advice;
  $('train-command').textContent = `Train it: framescope train ${session.label_file} --base built-in --out model.safetensors`;
  $('train-command').hidden = !check;
  $('curve').parentElement.hidden = !check;
  const share = (n) => (n === null ? 'too few' : n.toFixed(2));
  const interval = (of) => (of.low === null ? '–' : `${share(of.low)} to ${share(of.high)}`);
  if (check) {
    table('curve', 'Learning curve: macro-F1 in cross-validation, by the labels that the model learnt from', ['Labels', 'Macro-F1', '95 % interval'],
      check.curve.map((of) => [Math.round(of.labels), share(of.macro_f1), interval(of)]));
  }
  if (isRunning && view === 'progress') setTimeout(() => { if (view === 'progress') showTraining().catch(() => {}); }, 1000);
}

// Rows that too few sentences were drawn of, whoever labels how many.
function hopeless(strata) {
  const few = strata.filter((of) => of.drawn < 30 && of.drawn < of.sentences).length;
  if (few === 0) return '';
  const rows = few === strata.length ? 'every row' : `${few} of ${strata.length} rows`;
  return ` Of ${rows} fewer than 30 sentences were drawn, so that no interval can be told of them: begin again with a larger --per-outlet if you need one.`;
}

async function makeReport() {
  const told = $('report-told');
  $('report').disabled = true;
  told.textContent = 'The report is being made …';
  try {
    const { address, file } = await ask('/api/report', {});
    const link = part('a', 'Open the report', { href: address, target: '_blank', rel: 'noopener' });
    // The address serves once.
    link.addEventListener('click', () => setTimeout(() => { told.textContent = `The report is in ${file}.`; }, 0));
    told.replaceChildren(link, ` It is in ${file}.`);
    link.focus();
  } catch (error) {
    told.textContent = `No report: ${error.message}`;
  } finally {
    $('report').disabled = false;
  }
}

async function showAgreement() {
  let found;
  try {
    found = await ask('/api/agreement');
  } catch (error) {
    $('alpha').textContent = error.message;
    showView('agreement');
    return;
  }
  const two = (n) => n.toFixed(2);
  const interval = found.alpha_interval ? ` (95 % interval ${two(found.alpha_interval[0])} to ${two(found.alpha_interval[1])})` : '';
  const alpha = found.alpha === null ? 'Krippendorff’s alpha is not defined yet' : `Krippendorff’s alpha is ${two(found.alpha)}${interval}`;
  $('alpha').textContent = `${found.complete} of ${found.shared} shared sentences are decided by every coder. `
    + (found.complete ? `${alpha}; ${found.percent === null ? '–' : Math.round(found.percent * 100)} % of pairs agree.` : '');
  table('coincidences', 'How often two labels meet on one sentence', ['Label', ...session.labels],
    found.coincidences.map((row, at) => [session.labels[at], ...row.map((n) => Math.round(n * 10) / 10)]));
  const open = found.disputes.filter((dispute) => dispute.adjudicated === null).length;
  $('disputes-told').textContent = found.disputes.length ? `${found.disputes.length} in dispute, ${open} not settled yet.` : 'None.';
  $('disputes').replaceChildren(...found.disputes.map((dispute) => {
    const line = part('li');
    const text = `Sentence ${dispute.card + 1}: ${dispute.codes.join(' / ')}${dispute.adjudicated ? ` → ${dispute.adjudicated}` : ''}`;
    if (!session.is_lead) return part('li', text);
    const button = part('button', text, { type: 'button', 'data-card': dispute.card });
    button.addEventListener('click', async () => show(await ask(`/api/card?card=${dispute.card}`)));
    line.append(button);
    return line;
  }));
  showView('agreement');
  ($('disputes').querySelector('button') ?? $('view-agreement')).focus({ preventScroll: true });
}

async function open(name) {
  alertText('');
  try {
    if (name === 'progress') await showProgress();
    else if (name === 'agreement') await showAgreement();
    else if (session.is_lead) await showAgreement();
    else {
      const found = await ask('/api/next');
      showCounts(found.counts);
      show(found.next);
    }
  } catch (error) { alertText(`Cannot be shown: ${error.message}`); }
}

// ---- the codebook

function showCodebook() {
  const book = session.codebook;
  $('codebook').hidden = !book;
  if (!book) return;
  $('codebook-title').textContent = `Codebook: ${session.codebook_version}`;
  const example = ({ text, target, label, why }) => {
    const line = part('li');
    line.append(part('span', text, { dir: 'auto' }));
    if (target) line.append(part('span', ` [${target}]`, { class: 'why' }));
    if (label) line.append(' → ', part('span', label, { class: `said ${colour(label)}` }));
    line.append(part('span', ` ${why}`, { class: 'why' }));
    return line;
  };
  const list = (title, examples) => {
    if (!examples.length) return [];
    const items = part('ul');
    items.append(...examples.map(example));
    return [part('p', title), items];
  };
  $('entries').replaceChildren(...book.label.map((label) => {
    const entry = part('section');
    entry.append(part('h3', label.name, { class: `said ${colour(label.name)}` }), part('p', label.definition), part('p', label.rule, { class: 'why' }),
      ...list('Examples', label.examples), ...list('Near misses', label.counterexamples));
    return entry;
  }));
}

function search() {
  const wanted = $('search').value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let n = 0;
  for (const entry of $('entries').children) {
    let found = 0;
    const pieces = [...entry.querySelectorAll('p, li')];
    const has = (element) => wanted.every((word) => element.textContent.toLowerCase().includes(word));
    for (const piece of pieces) {
      const fits = !wanted.length || has(piece) || has(entry.querySelector('h3'));
      piece.hidden = !fits && piece.tagName === 'LI';
      if (fits) found++;
    }
    entry.hidden = found === 0;
    n += found;
  }
  $('search-none').hidden = n > 0;
}

// ---- keys

const actions = {
  0: () => decide('skipped'),
  '?': () => cannotSay(),
  u: () => undo(),
  ArrowLeft: () => go(-1),
  ArrowRight: () => go(1),
  v: () => { voice = voice === 'outlet' ? 'attributed' : 'outlet'; showVoice(); tell($('voice').textContent); },
  s: () => { if (voice === 'attributed') { $('speaker').focus(); $('speaker').select(); } },
  p: () => $('part').focus(),
  m: () => setMarking(!marking),
  c: () => toggleArticle(),
  '/': () => { $('codebook-fold').open = true; $('search').focus(); },
};

function cannotSay() {
  $('note-form').hidden = false;
  $('note').focus();
}

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !session) return;
  const inField = event.target.matches?.('input, textarea, select');
  if (event.key === 'Escape') {
    if (inField) event.target.blur();
    $('note-form').hidden = true;
    if (marking) setMarking(false);
    return;
  }
  if (inField || event.repeat) return;
  if (view === 'done' && !['u', 'ArrowLeft'].includes(event.key)) return;
  if (view !== 'label' && view !== 'done') return;
  if (marking && ['ArrowLeft', 'ArrowRight'].includes(event.key)) {
    const buttons = [...$('sentence').querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement) + (event.key === 'ArrowRight' ? 1 : -1);
    buttons[Math.max(0, Math.min(at, buttons.length - 1))]?.focus();
    event.preventDefault();
    return;
  }
  const label = /^[1-9]$/.test(event.key) ? session.labels[event.key - 1] : undefined;
  const action = label !== undefined ? () => decide({ label }) : actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// ---- starting

function wire() {
  $('answers').replaceChildren(...session.labels.map((label, at) => {
    const button = part('button', undefined, { type: 'button', class: colour(label), 'aria-pressed': 'false', 'data-label': label });
    button.append(part('kbd', at + 1), ` ${label}`);
    button.addEventListener('click', () => decide({ label }));
    return button;
  }));
  for (const [id, key] of [['skip', '0'], ['unsure', '?'], ['undo', 'u'], ['back', 'ArrowLeft'], ['forth', 'ArrowRight'], ['voice', 'v'], ['mark', 'm'], ['more', 'c']]) {
    $(id).addEventListener('click', () => actions[key]());
  }
  for (const button of document.querySelectorAll('nav button')) button.addEventListener('click', () => open(button.dataset.view));
  $('report').addEventListener('click', makeReport);
  $('search').addEventListener('input', search);
  $('note-cancel').addEventListener('click', () => { $('note-form').hidden = true; $('card').focus(); });
  const saveNote = (event) => { event.preventDefault(); decide('cannot_say', $('note').value); };
  $('note-form').addEventListener('submit', saveNote);
  $('note').addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.shiftKey) saveNote(event); });
  $('speaker').addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); $('card').focus(); } });
  $('part').addEventListener('change', () => $('card').focus());
  document.querySelector('[data-view=agreement]').hidden = !session.has_several;
  document.querySelector('[data-view=label]').hidden = session.is_lead;
  const lines = session.labels.map((label, at) => `${at + 1} ${label}`);
  $('keys').textContent = `Keys: ${lines.join(', ')}, 0 skip, ? cannot say, u undo, ← → back and forth, v voice, s speaker, p part, m mark words, c whole article, / search the codebook, Esc leaves a field.`;
}

async function start() {
  if (!token) return alertText('This address has no key behind its #: open the whole link that framescope has printed.');
  try {
    session = await insist('/api/session');
    wire();
    showCodebook();
    const narrow = matchMedia('(max-width: 62rem)');
    const fold = () => { $('codebook-fold').open = !narrow.matches; };
    narrow.addEventListener('change', fold);
    fold();
    showCounts(session.counts);
    await open('label');
  } catch (error) { alertText(error.message); }
}

addEventListener('hashchange', () => location.reload());
start();
