import { start, t, label, onLanguage, el, when, api, signIn } from '/assets/page.js';

start({
  title: ['企业钱包', 'Company wallet'],
  footer: ['谁在何时看过什么，企业都能查到并证明。', 'Who saw what, when: the company can list it, and prove it.'],
  locked: ['请使用终端打印的一次性链接登录。没有密码，也没有默认账号。', 'Sign in with the one-time link that the terminal printed. There is no password and no default account.'],
  sections: ['栏目', 'Sections'],
  cards: ['证照', 'Licences'], requests: ['请求', 'Requests'], consents: ['长期授权', 'Standing consents'], history: ['记录', 'History'],
  representative: ['法定代表人', 'legal representative'], staff: ['经办人', 'staff'],
  accept: ['领取证照', 'Receive a licence'], offerHint: ['粘贴发证机关的链接', 'Paste the issuer’s link'],
  hand: ['提交请求', 'Hand in a request'], requestHint: ['粘贴查验方的链接', 'Paste the verifier’s link'], go: ['继续', 'Go on'],
  noCards: ['还没有证照。', 'No licences yet.'], noRequests: ['还没有请求。', 'No requests yet.'], noConsents: ['没有长期授权：每个请求都由人决定。', 'No standing consent: a person decides on every request.'], noHistory: ['还没有记录。', 'Nothing yet.'],
  approve: ['同意出示', 'Agree'], deny: ['拒绝', 'Refuse'], withdraw: ['撤回', 'Withdraw'], discloses: ['将出示', 'Would disclose'],
  waiting: ['待决定', 'waiting'], answered: ['已出示', 'answered'], denied: ['已拒绝', 'denied'], refused: ['未成', 'refused'],
  byConsent: ['依长期授权自动出示', 'answered within a standing consent'], by: ['决定人', 'Decided by'],
  verifier: ['查验方（DID）', 'Verifier (DID)'], type: ['证照类型', 'Type of licence'], claims: ['字段（逗号分隔）', 'Claims, by commas'], purpose: ['用途', 'Purpose'], until: ['截止', 'Until'], give: ['给予授权', 'Give consent'],
  anchored: ['已存证', 'anchored'], notAnchored: ['待存证', 'not anchored yet'],
  VALID: ['有效', 'valid'], NOT_YET_VALID: ['尚未生效', 'not yet valid'], EXPIRES_SOON: ['即将到期', 'expires soon'], EXPIRED: ['已过期', 'expired'], SUSPENDED: ['暂停', 'suspended'], REVOKED: ['已撤销', 'revoked'],
  RECEIVED: ['领取', 'received'], PRESENTED: ['出示', 'presented'], SENT_UNCONFIRMED: ['已发出', 'sent, not confirmed'], DENIED: ['拒绝', 'denied'], REFUSED_BY_VERIFIER: ['对方未接受', 'refused by the verifier'], PRESENTED_OFFLINE: ['离线出示', 'presented offline'], DELETED: ['删除', 'deleted'],
});

const view = document.querySelector('#view');
const problem = document.querySelector('#problem');
let me = null;
let company = null;
let tab = 'requests';

const base = () => `/api/${me.office}`;
const show = (...children) => view.replaceChildren(...children.flat().filter(Boolean));

async function tried(act) {
  problem.hidden = true;
  try { return await act(); } catch (refusal) {
    problem.textContent = label(refusal.body?.refusal?.sentence) || refusal.message;
    problem.hidden = false;
    return null;
  }
}

function linkForm(title, hint, path) {
  const link = el('textarea', { rows: 2, placeholder: t(hint), 'aria-label': t(hint) });
  return el('form', { class: 'sheet stack', onsubmit: (event) => { event.preventDefault(); tried(async () => { await api('POST', base() + path, { link: link.value.trim() }); await draw(); }); } },
    el('h2', {}, t(title)), link, el('button', { class: 'main' }, t('go')));
}

function cardOf(card) {
  return el('div', { class: 'card', style: { '--card': card.colour }, 'data-dead': ['REVOKED', 'EXPIRED', 'SUSPENDED'].includes(card.state) },
    el('div', {}, el('div', { class: 'title' }, label(card.name)), el('div', { class: 'issuer' }, label(card.issuer.name))),
    el('div', { class: 'number' }, card.summary.join(' · ')),
    el('div', { class: 'state' }, `${t(card.state)} · ${t(card.anchored ? 'anchored' : 'notAnchored')}`));
}

const views = {
  async cards() {
    const { cards } = await api('GET', `${base()}/cards`);
    show(linkForm('accept', 'offerHint', '/offers'), cards.length ? el('div', { class: 'grid' }, cards.map(cardOf)) : el('p', {}, t('noCards')));
  },
  async requests() {
    const { requests } = await api('GET', `${base()}/requests`);
    show(linkForm('hand', 'requestHint', '/requests'), requests.length ? requests.map(requestOf) : el('p', {}, t('noRequests')));
  },
  async consents() {
    const { consents } = await api('GET', `${base()}/consents`);
    show(consentForm(), consents.length ? consents.map(consentOf) : el('p', {}, t('noConsents')));
  },
  async history() {
    const { history } = await api('GET', `${base()}/history`);
    show(el('section', { class: 'sheet scroll' }, history.length ? el('table', {}, el('tbody', {}, history.map((entry) => el('tr', {},
      el('td', {}, when(entry.at)), el('td', {}, t(entry.kind)), el('td', {}, label(entry.party)), el('td', {}, label(entry.card)), el('td', {}, entry.claims.join(', ')))))) : t('noHistory')));
  },
};

function requestOf(request) {
  const decide = (verb) => tried(async () => { await api('POST', `${base()}/requests/${request.id}/${verb}`, {}); await draw(); });
  const questions = request.request?.questions ?? [];
  return el('section', { class: 'sheet stack', 'data-request': request.id },
    el('div', { class: 'row spread' }, el('h3', {}, label(request.name)), el('span', { class: `tag ${{ waiting: 'warn', answered: 'good', denied: '', refused: 'bad' }[request.state]}` }, t(request.state))),
    el('small', { class: 'soft' }, `${when(request.received_at)} ${request.consent ? `· ${t('byConsent')}` : ''} ${request.decided_by ? `· ${t('by')} ${request.decided_by}` : ''} ${request.code ?? ''}`),
    request.state === 'waiting' && questions.map((question) => question.matches[0] && el('div', {}, el('strong', {}, `${t('discloses')}: ${label(question.matches[0].card.name)}`),
      el('div', { class: 'soft' }, question.matches[0].disclosed.map((claim) => label(claim.label)).join('、')))),
    request.state === 'waiting' && el('div', { class: 'row' }, el('button', { class: 'main', type: 'button', onclick: () => decide('approve') }, t('approve')), el('button', { class: 'danger', type: 'button', onclick: () => decide('deny') }, t('deny'))));
}

function consentOf(consent) {
  return el('section', { class: 'sheet stack' },
    el('div', { class: 'row spread' }, el('h3', {}, consent.purpose),
      el('button', { class: 'danger', type: 'button', onclick: () => tried(async () => { await api('DELETE', `${base()}/consents/${consent.id}`); await draw(); }) }, t('withdraw'))),
    el('dl', { class: 'facts' }, el('dt', {}, t('verifier')), el('dd', { class: 'mono' }, consent.verifier), el('dt', {}, t('type')), el('dd', { class: 'mono' }, consent.type),
      el('dt', {}, t('claims')), el('dd', {}, consent.claims.join(', ')), el('dt', {}, t('until')), el('dd', {}, when(consent.until))));
}

function field(name, type = 'text') {
  return el('div', { class: 'field' }, el('label', { for: `c-${name}` }, t(name)), el('input', { id: `c-${name}`, name, type, required: true }));
}

function consentForm() {
  return el('form', { class: 'sheet', onsubmit: (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.target));
    tried(async () => {
      await api('POST', `${base()}/consents`, { ...values, claims: values.claims.split(',').map((claim) => claim.trim()), until: new Date(values.until).toISOString() });
      await draw();
    });
  } }, el('h2', {}, t('give')), el('div', { class: 'two' }, field('verifier'), field('type'), field('claims'), field('purpose'), field('until', 'datetime-local')), el('button', { class: 'main' }, t('give')));
}

async function draw() {
  document.querySelector('#company').textContent = label(company.name);
  document.querySelector('#person').textContent = `${company.person.name} · ${t(company.person.representative ? 'representative' : 'staff')}`;
  document.querySelector('#tabs').replaceChildren(...Object.keys(views).map((name) => el('button', { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'view', 'aria-selected': String(name === tab), 'aria-pressed': String(name === tab), onclick: () => { tab = name; draw(); } }, t(name))));
  await tried(views[tab]);
}

me = await signIn();
if (me?.office) {
  company = await api('GET', `${base()}/company`);
  document.querySelector('#console').hidden = false;
  document.querySelector('#sign-out').hidden = false;
  onLanguage(draw);
} else {
  document.querySelector('#locked').hidden = false;
}
