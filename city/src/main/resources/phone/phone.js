import { start, t, label, onLanguage, el, when, api, once, Refusal } from '/assets/page.js';
import { explain } from '/assets/parts.js';
import { serve } from '/assets/tour.js';

const WORDS = {
  title: ['电子证照', 'My licences'],
  tabs: ['栏目', 'Sections'],
  cards: ['证照', 'Cards'],
  scan: ['扫一扫', 'Scan'],
  history: ['记录', 'History'],
  citizen: ['市民', 'Citizen'],
  company: ['企业', 'Company'],
  locked: ['请用终端打印的链接打开这部演示手机。', 'Open this demonstration phone by the link that the terminal printed.'],
  empty: ['还没有证照。扫描发证机关的二维码即可领取。', 'No licence yet. Scan the code that an issuing office shows you.'],
  VALID: ['有效', 'valid'], NOT_YET_VALID: ['尚未生效', 'not yet valid'], EXPIRES_SOON: ['即将到期', 'expires soon'],
  EXPIRED: ['已过期', 'expired'], SUSPENDED: ['已暂停', 'suspended'], REVOKED: ['已吊销', 'revoked'],
  ledger: ['账本', 'Ledger'], anchored: ['已上链存证', 'anchored on the ledger'], notAnchored: ['等待上链', 'waiting to be anchored'],
  showCode: ['出示二维码', 'Show the code'],
  showWhat: ['选择要出示的内容', 'Choose what to show'],
  always: ['总是可见', 'always visible'],
  back: ['返回', 'Back'],
  codeHint: ['请将屏幕朝向查验人员。二维码每 30 秒更换，断网也可使用。', 'Turn the screen to the inspector. The code changes every 30 seconds and works without a network.'],
  part: ['第 {n} 帧，共 {of} 帧', 'part {n} of {of}'],
  secondsLeft: ['剩余 {n} 秒', '{n} seconds left'],
  scanTitle: ['扫描或粘贴', 'Scan or paste'],
  scanHint: ['粘贴二维码中的链接，或选择二维码图片。', 'Paste the link from a code, or choose a picture of the code.'],
  linkLabel: ['链接', 'Link'],
  read: ['读取', 'Read'],
  picture: ['二维码图片', 'Picture of a code'], noPicture: ['无法读取这个文件：请选择图片。', 'This file is not a picture.'],
  offerTitle: ['领取证照', 'Accept a licence'],
  offers: ['{who} 向您签发：', '{who} offers you:'],
  txCode: ['领取码（由发证机关另行告知）', 'Transaction code (told to you by the office)'],
  accept: ['领取', 'Accept'], reject: ['不领取', 'No, thank you'],
  received: ['已领取', 'Received'],
  later: ['发证机关正在办理，稍后自动领取。', 'The office is still working on it; it will arrive later.'],
  interrupted: ['网络中断，稍后继续，不会丢失。', 'The network went away. It goes on later; nothing is lost.'],
  requestTitle: ['请求查看您的证照', 'A request to see your licence'],
  asks: ['{who} 请求查看：', '{who} asks to see:'],
  accredited: ['账本已认证的查验方', 'accredited on the ledger'],
  stranger: ['未经认证', 'not accredited'],
  which: ['出示哪一张', 'Which one to show'],
  noMatch: ['您没有符合要求的证照。', 'You hold no licence that answers this.'],
  agree: ['同意出示', 'Show'], deny: ['拒绝', 'Refuse'],
  shown: ['已出示', 'Shown'], denied: ['已拒绝', 'Refused'],
  shownHint: ['对方只看到了上面列出的内容。', 'They saw what was listed, and nothing else.'],
  RECEIVED: ['领取', 'received'], SENT_UNCONFIRMED: ['已发出，未确认', 'sent, not confirmed'], PRESENTED: ['出示', 'shown'],
  PRESENTED_OFFLINE: ['离线出示', 'shown offline'], REFUSED_BY_VERIFIER: ['对方未接受', 'not accepted'], DENIED: ['已拒绝', 'refused by you'], DELETED: ['已删除', 'deleted'],
  colon: ['：', ': '], comma: ['、', ', '],
  noHistory: ['还没有记录。', 'Nothing yet.'],
  refused: ['未能完成', 'It was refused'],
  tell: ['告知对方请求有何问题', 'Tell the asker what is wrong'], told: ['已告知对方', 'Told'],
  toldHint: ['对方只知道请求有何问题，没有看到您的任何内容。', 'They know what is wrong with their request, and saw nothing of yours.'],
  until: ['有效期至', 'Valid until'], issuer: ['发证机关', 'Issued by'], asOf: ['状态更新于', 'State as of'],
  yes: ['是', 'yes'], no: ['否', 'no'],
};

const main = document.querySelector('#main');
const key = new URLSearchParams(location.hash.slice(1)).get('key') ?? sessionStorage.getItem('phone-key');
if (key) sessionStorage.setItem('phone-key', key);
let holder = new URLSearchParams(location.search).get('holder') === 'company' ? 'company' : 'citizen';
let view = 'cards';
let timers = [];

const call = (method, path, body) => api(method, `/api/${holder}${path}`, body, { 'X-Phone-Key': key ?? '' });

let turn = 0;
/** The cards that came last, by id. */
let received = [];

/** Shows something else; an answer that was asked for by an earlier screen is then not shown any more. */
function show(...children) {
  turn += 1;
  timers.forEach(clearInterval);
  timers = [];
  main.replaceChildren(...children.flat().filter(Boolean));
  window.scrollTo(0, 0);
}

/** Shows a refusal; where it is of a request that was read, its sender can be told of the text. */
function failed(error, text) {
  const { code, sentence, next, trace } = explain(error);
  show(
    el('div', { class: 'notice bad', role: 'alert', 'data-code': code },
      el('h1', {}, t('refused')), el('p', {}, el('strong', {}, sentence)), el('p', {}, next),
      el('p', { class: 'codes mono' }, code, trace ? ` · ${trace}` : '')),
    el('div', { class: 'buttons' },
      el('button', { type: 'button', onclick: () => go('cards') }, t('back')),
      error.body?.to_tell ? el('button', { type: 'button', id: 'tell', onclick: choice(() => tell(text)) }, t('tell')) : null));
}

/** A request that was refused is answered only when the holder says so. */
async function tell(text) {
  await call('POST', '/tell', { text });
  show(el('div', { class: 'notice good', role: 'status', id: 'told' }, el('h1', {}, t('told')), el('p', {}, t('toldHint'))),
    el('button', { type: 'button', onclick: () => go('cards') }, t('back')));
}

const guard = (action) => async (...args) => { try { await action(...args); } catch (error) { failed(error); } };

/** For a choice that is made once: the buttons beside it begin nothing meanwhile. */
const choice = (action) => guard((event) => once(event.target.closest('.buttons'), action));

function valueOf(claim) {
  const value = claim.value;
  if (typeof value === 'string' && value.startsWith('data:image/')) return el('img', { class: 'portrait', src: value, alt: label(claim.label) });
  if (value === true) return t('yes');
  if (value === false) return t('no');
  if (Array.isArray(value)) return value.map((each) => (typeof each === 'object' ? Object.values(each).join(' ') : each)).join(t('comma'));
  if (value && typeof value === 'object') return Object.values(value).join(' ');
  return String(value ?? '');
}

const party = (p) => label(p.name) || p.id;

function face(card, onclick) {
  const element = el(onclick ? 'button' : 'div', { class: 'card', type: onclick ? 'button' : null, style: { '--card': card.colour }, onclick, 'data-dead': card.state === 'REVOKED' || card.state === 'EXPIRED' },
    el('div', {}, el('div', { class: 'title' }, label(card.name)), el('div', { class: 'issuer' }, party(card.issuer))),
    el('div', { class: 'number' }, mask(card.summary)),
    el('span', { class: 'state' }, t(card.state), card.anchored ? '' : ' · ' + t('notAnchored')));
  if (card.emblem) element.append(el('img', { class: 'emblem', alt: '', src: 'data:image/svg+xml;utf8,' + encodeURIComponent(card.emblem) }));
  if (card.logo) element.append(el('img', { class: 'logo', alt: '', src: card.logo }));
  return element;
}

/** Numbers on the face are masked, as over a shoulder they would be read. */
function mask(summary) {
  return (summary ?? []).map((line) => (/^[0-9A-Z]{12,}$/.test(line) ? line.slice(0, 4) + '••••••' + line.slice(-4) : line)).join('  ');
}

const cards = guard(async () => {
  const asked = turn;
  const { cards: held } = await call('GET', '/cards');
  if (asked !== turn) return;
  show(el('h1', { 'data-t': 'cards' }, t('cards')),
    held.length ? el('div', { class: 'deck' }, held.map((card) => face(card, () => detail(card)))) : el('p', { class: 'notice', 'data-t': 'empty' }, t('empty')));
});

function detail(card) {
  const boxes = [];
  const rows = card.claims.map((claim) => {
    const box = el('input', { type: 'checkbox', value: claim.path, checked: !claim.selective, disabled: !claim.selective });
    boxes.push(box);
    return el('li', {}, el('label', {}, box, label(claim.label)), el('span', { class: 'value' }, valueOf(claim)));
  });
  show(
    el('h1', { class: 'said' }, label(card.name)),
    face(card),
    el('dl', { class: 'facts sheet', style: { 'margin-top': '1rem' } },
      el('dt', {}, t('issuer')), el('dd', {}, party(card.issuer)),
      card.valid_until ? [el('dt', {}, t('until')), el('dd', {}, when(card.valid_until))] : [],
      card.status_as_of ? [el('dt', {}, t('asOf')), el('dd', {}, when(card.status_as_of))] : [],
      el('dt', {}, t('ledger')), el('dd', {}, card.anchored ? t('anchored') : t('notAnchored'))),
    el('section', { class: 'sheet' }, el('h2', {}, t('showWhat')), el('ul', { class: 'checks claims' }, rows)),
    el('div', { class: 'buttons' },
      el('button', { type: 'button', onclick: () => go('cards') }, t('back')),
      el('button', { type: 'button', class: 'main', id: 'show-code', onclick: () => code(card, boxes.filter((b) => b.checked && !b.disabled).map((b) => b.value)) }, t('showCode'))));
}

/** The rotating code: asked for anew before it runs out; its parts follow one another. */
const code = guard(async (card, claims) => {
  let showing = await call('POST', '/code', { card: card.id, claims });
  const picture = el('img', { id: 'code', alt: t('showCode') });
  const part = el('p', { class: 'soft' });
  const left = el('circle', { class: 'left', cx: 32, cy: 32, r: 26, 'stroke-dasharray': 163.4 });
  const seconds = el('p', { class: 'soft', role: 'timer' });
  show(
    el('div', { class: 'code centre' },
      el('h1', {}, label(card.name)),
      el('div', { class: 'qr' }, picture), part,
      el('svg', { class: 'ring', viewBox: '0 0 64 64', 'aria-hidden': 'true' }, el('circle', { class: 'track', cx: 32, cy: 32, r: 26 }), left), seconds,
      el('p', {}, t('codeHint')),
      el('button', { type: 'button', onclick: () => detail(card) }, t('back'))));
  let n = 0;
  const paint = () => {
    picture.src = showing.frames[n % showing.frames.length];
    part.textContent = showing.frames.length > 1 ? t('part', { n: (n % showing.frames.length) + 1, of: showing.frames.length }) : '';
    n += 1;
  };
  paint();
  timers.push(setInterval(paint, 450));
  timers.push(setInterval(guard(async () => {
    const rest = (new Date(showing.until) - Date.now()) / 1000;
    left.setAttribute('stroke-dashoffset', String(163.4 * (1 - Math.max(0, Math.min(1, rest / 30)))));
    seconds.textContent = t('secondsLeft', { n: Math.max(0, Math.ceil(rest)) });
    if (rest < 3) showing = await call('POST', '/code', { card: card.id, claims });
  }), 1000));
});

function scan() {
  const link = el('textarea', { id: 'link', rows: 4, spellcheck: 'false' });
  const file = el('input', { type: 'file', id: 'picture', accept: 'image/*', onchange: guard(async () => {
    if (!file.files.length) return;
    const bitmap = await createImageBitmap(file.files[0]).catch(() => { throw new Refusal(0, { error: 'no_picture', error_description: t('noPicture') }); });
    const canvas = el('canvas', { width: bitmap.width, height: bitmap.height });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
    const luma = new Uint8Array(bitmap.width * bitmap.height);
    for (let i = 0; i < luma.length; i += 1) luma[i] = (pixels[i * 4] * 3 + pixels[i * 4 + 1] * 6 + pixels[i * 4 + 2]) / 10;
    const { text } = await call('POST', `/scan?width=${bitmap.width}&height=${bitmap.height}`, luma);
    await read(text);
  }) });
  show(el('h1', {}, t('scanTitle')), el('p', { class: 'soft' }, t('scanHint')),
    el('div', { class: 'sheet stack' },
      el('div', { class: 'field' }, el('label', { for: 'link' }, t('linkLabel')), link),
      el('button', { type: 'button', class: 'main', id: 'read', onclick: () => read(link.value.trim()) }, t('read')),
      el('div', { class: 'field' }, el('label', { for: 'picture' }, t('picture')), file)));
}

async function read(text) {
  try {
    const found = await call('POST', '/read', { text });
    if (found.kind === 'offer') offer(found.id, found.offer); else consent(found.id, found.request);
  } catch (error) { failed(error, text); }
}

function offer(id, what) {
  const txCode = what.tx_code ? el('input', { id: 'tx-code', autocomplete: 'one-time-code' }) : null;
  show(el('h1', {}, t('offerTitle')),
    el('div', { class: 'sheet' },
      el('p', {}, t('offers', { who: party(what.issuer) })),
      el('ul', {}, what.licences.map((name) => el('li', {}, el('strong', {}, label(name))))),
      txCode ? el('div', { class: 'field' }, el('label', { for: 'tx-code' }, t('txCode')), txCode) : null),
    el('div', { class: 'buttons' },
      el('button', { type: 'button', onclick: () => go('cards') }, t('reject')),
      el('button', { type: 'button', class: 'main', id: 'accept', onclick: choice(async () => {
        const done = await call('POST', '/accept', { id, tx_code: txCode?.value });
        if (done.page) { location.href = done.page; return; }
        received = done.cards.map((card) => card.id);
        show(el('div', { class: 'notice good', role: 'status' }, el('h1', {}, t(done.state))),
          el('div', { class: 'deck' }, done.cards.map((card) => face(card, () => detail(card)))));
      }) }, t('accept'))));
}

function consent(id, what) {
  const picks = {};
  const answerable = what.questions.filter((question) => question.matches.length);
  const sections = answerable.map((question) => {
    picks[question.id] = what.suggested[question.id] ?? [];
    const list = el('div');
    const paint = (match) => {
      picks[question.id] = [match.card.id];
      list.replaceChildren(face(match.card), el('ul', { class: 'checks claims' }, match.disclosed.map((claim) =>
        el('li', {}, el('span', {}, label(claim.label)), el('span', { class: 'value' }, valueOf(claim))))));
    };
    // What was just received is what its holder means, whatever else would answer.
    const fresh = question.matches.find((m) => received.includes(m.card.id));
    const first = fresh ?? question.matches.find((m) => picks[question.id].includes(m.card.id)) ?? question.matches[0];
    paint(first);
    const which = el('select', { 'aria-label': t('which'), onchange: () => paint(question.matches[which.selectedIndex]) },
      question.matches.map((m) => el('option', { value: m.card.id, selected: m === first }, `${label(m.card.name)} · ${mask(m.card.summary)} · ${t(m.card.state)}`)));
    return el('section', { class: 'sheet' }, question.matches.length > 1 ? el('div', { class: 'field which' }, which) : null, list);
  });
  show(el('h1', {}, t('requestTitle')),
    el('div', { class: 'sheet' },
      el('p', {}, el('strong', {}, t('asks', { who: party(what.verifier) }))),
      el('p', {}, el('span', { class: 'tag ' + (what.verifier.accredited ? 'good' : 'bad') }, what.verifier.accredited ? t('accredited') : t('stranger')))),
    sections.length ? sections : el('p', { class: 'notice bad' }, t('noMatch')),
    el('div', { class: 'buttons' },
      el('button', { type: 'button', id: 'deny', onclick: choice(async () => {
        await call('POST', '/deny', { id });
        show(el('div', { class: 'notice', role: 'status' }, el('h1', {}, t('denied'))));
      }) }, t('deny')),
      el('button', { type: 'button', class: 'main', id: 'agree', disabled: !sections.length, onclick: choice(async () => {
        const done = await call('POST', '/present', { id, picks });
        show(el('div', { class: 'notice good', role: 'status' }, el('h1', {}, t('shown')), el('p', {}, t('shownHint'))));
        // In the tour the phone stays a phone.
        if (done.follow && window.parent === window) location.href = done.follow;
      }) }, t('agree'))));
}

const history = guard(async () => {
  const asked = turn;
  const [{ history: entries }, { cards: held }] = await Promise.all([call('GET', '/history'), call('GET', '/cards')]);
  if (asked !== turn) return;
  const name = (entry, path) => label(held.find((card) => label(card.name) === label(entry.card))?.claims.find((claim) => claim.path === path)?.label) || path;
  show(el('h1', { 'data-t': 'history' }, t('history')),
    entries.length ? el('ul', { class: 'plain sheet' }, entries.map((entry) => el('li', {},
      el('div', {}, el('strong', {}, label(entry.party)), ' ', el('span', { class: 'tag' }, t(entry.kind))),
      el('div', {}, label(entry.card), entry.claims.length ? `${t('colon')}${entry.claims.map((path) => name(entry, path)).join(t('comma'))}` : ''),
      el('small', {}, when(entry.at))))) : el('p', { class: 'notice', 'data-t': 'noHistory' }, t('noHistory')));
});

const VIEWS = { cards, scan, history };

function go(name) {
  view = name;
  for (const button of document.querySelectorAll('nav.tabs button')) {
    if (button.dataset.view === name) button.setAttribute('aria-current', 'page'); else button.removeAttribute('aria-current');
  }
  VIEWS[name]();
}

for (const button of document.querySelectorAll('nav.tabs button')) button.addEventListener('click', () => go(button.dataset.view));
const holderButton = document.querySelector('#holder');
holderButton.addEventListener('click', () => {
  holder = holder === 'citizen' ? 'company' : 'citizen';
  holderButton.textContent = '⇄ ' + t(holder);
  go('cards');
});

start(WORDS);
onLanguage(() => { holderButton.textContent = '⇄ ' + t(holder); });
if (!key) {
  show(el('h1', { class: 'said', 'data-t': 'title' }, t('title')), el('p', { class: 'notice bad', 'data-t': 'locked' }, t('locked')));
} else {
  const given = new URLSearchParams(location.hash.slice(1)).get('read');
  history_clean();
  if (given) read(given); else go('cards');
  onLanguage(() => { if (!given && document.querySelector('.deck')) VIEWS[view](); });
}

function history_clean() {
  window.history.replaceState(null, '', location.pathname + location.search);
}

/** Waits for what the screen shows next. */
async function appears(selector) {
  for (let i = 0; i < 400; i += 1) {
    const found = main.querySelector(selector);
    if (found) return found;
    if (main.querySelector('.notice.bad')) throw new Error(main.querySelector('.notice.bad').textContent);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error(`nothing like ${selector} came`);
}

serve({
  read: async ({ link }) => { await read(link); await appears('#accept, #agree'); return {}; },
  accept: async () => { (await appears('#accept')).click(); await appears('.deck'); return {}; },
  agree: async () => { (await appears('#agree')).click(); await appears('.notice.good, .notice.bad'); return {}; },
});
