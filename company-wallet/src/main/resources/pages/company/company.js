import { start, t, lang, label, onLanguage, el, when, api, once, signIn, Refusal } from '/assets/page.js';
import { tabs, problem as told } from '/assets/parts.js';

start({
  title: ['企业钱包', 'Company wallet'],
  footer: ['谁在何时看过什么，企业都能查到并证明。', 'Who saw what, when: the company can list it, and prove it.'],
  sections: ['栏目', 'Sections'],
  cards: ['证照', 'Licences'], requests: ['请求', 'Requests'], mandates: ['授权委托', 'Mandates'], consents: ['长期授权', 'Standing consents'], receipts: ['收据', 'Receipts'], dossier: ['卷宗', 'Dossier'], history: ['记录', 'History'], phones: ['我的手机', 'My phone'],
  addPhone: ['添加我的手机', 'Add my phone'], phoneHint: ['在手机应用中扫描此码；十分钟内有效，只能用一次。之后可在手机上查看并签署本企业的请求。', 'Scan this with the app; it is good once, for ten minutes. The phone then reads and signs what waits for the company.'], phoneCode: ['添加手机的二维码', 'Code that adds a phone'],
  noPhones: ['还没有手机代表本企业的人员。', 'No phone speaks for this company’s people yet.'], added: ['添加于', 'Added'], stop: ['停用', 'Stop'], stopped: ['已停用', 'stopped'],
  representative: ['法定代表人', 'legal representative'], staff: ['经办人', 'staff'],
  accept: ['领取证照', 'Receive a licence'], offerHint: ['粘贴发证机关的链接', 'Paste the issuer’s link'],
  hand: ['提交请求', 'Hand in a request'], requestHint: ['粘贴查验方的链接', 'Paste the verifier’s link'], go: ['继续', 'Go on'],
  noCards: ['还没有证照。', 'No licences yet.'], noRequests: ['还没有请求。', 'No requests yet.'], noConsents: ['没有长期授权：每个请求都由人决定。', 'No standing consent: a person decides on every request.'], noHistory: ['还没有记录。', 'Nothing yet.'],
  approve: ['同意出示', 'Agree'], look: ['查看请求', 'Read the request'], deny: ['拒绝', 'Refuse'], withdraw: ['撤回', 'Withdraw'], discloses: ['将出示', 'Would disclose'],
  waiting: ['待决定', 'waiting'], answered: ['已出示', 'answered'], denied: ['已拒绝', 'denied'], refused: ['未成', 'refused'],
  unconfirmed: ['已发出，对方未确认', 'sent, not confirmed by the verifier'], byConsent: ['依长期授权自动出示', 'answered within a standing consent'], by: ['决定人', 'Decided by'],
  verifier: ['查验方', 'Verifier'], type: ['证照类型', 'Type of licence'], claims: ['可看的内容', 'What it may see'], other: ['其他…', 'another …'], did: ['查验方的 DID', 'The verifier’s DID'], address: ['证照类型的地址（vct）', 'The type’s address (vct)'], paths: ['字段（逗号分隔）', 'Claims, by commas'], ahead: ['今后自动同意…', 'Agree in advance …'], purpose: ['用途', 'Purpose'], until: ['截止', 'Until'], give: ['给予授权', 'Give consent'],
  noMandates: ['还没有授权委托。', 'No mandates yet.'], countersigned: ['接收方已签', 'signed by receiver'], noReceipts: ['还没有出示过。', 'Nothing was shown yet.'], noDocuments: ['没有这个编号的单证。', 'No documents of this reference.'],
  grant: ['授予', 'Grant'], revoke: ['撤销', 'Revoke'], whom: ['受托人', 'Person'], limit: ['单笔上限（分，可空）', 'Limit in fen (may be empty)'], most: ['单笔上限', 'Limit'], comma: ['、', ', '], semicolon: ['；', '; '], delegate: ['可转委托', 'May hand on'], grantedBy: ['授权人', 'Granted by'], revokedOn: ['已撤销', 'revoked'],
  'present-licences': ['出示证照', 'present licences'], 'open-account': ['办理账户', 'open accounts'], 'sign-contract': ['签订合同', 'sign contracts'], 'declare-customs': ['报关', 'declare to customs'], 'apply-finance': ['申请融资', 'apply for finance'], 'register-property': ['不动产登记', 'register property'], powers: ['事项', 'Powers'],
  uses: ['次数', 'Times'], used: ['已用', 'used'], withdrawn: ['已撤回', 'withdrawn'], reference: ['仅限编号（可空）', 'For one reference (may be empty)'], signedBy: ['已签字', 'Signed by'], act: ['需签字的事项', 'To be signed for'],
  saw: ['看到的内容', 'What it saw'], why: ['用途或决定人', 'Purpose, or who agreed'], proof: ['账本证明', 'Proof'], proven: ['已上链', 'on the ledger'], notYet: ['待上链', 'not yet'], find: ['查找', 'Find'], waybill: ['运单、报关单、合同或单元号', 'Waybill, declaration, contract or unit'],
  anchored: ['已存证', 'anchored'], notAnchored: ['待存证', 'not anchored yet'],
  VALID: ['有效', 'valid'], NOT_YET_VALID: ['尚未生效', 'not yet valid'], EXPIRES_SOON: ['即将到期', 'expires soon'], EXPIRED: ['已过期', 'expired'], SUSPENDED: ['暂停', 'suspended'], REVOKED: ['已撤销', 'revoked'],
  RECEIVED: ['领取', 'received'], PRESENTED: ['出示', 'presented'], SENT_UNCONFIRMED: ['已发出', 'sent, not confirmed'], DENIED: ['拒绝', 'denied'], REFUSED_BY_VERIFIER: ['对方未接受', 'refused by the verifier'], PRESENTED_OFFLINE: ['离线出示', 'presented offline'], DELETED: ['删除', 'deleted'],
});

const view = document.querySelector('#view');
const problem = document.querySelector('#problem');
let me = null;
let company = null;
let tab = 'requests';
/** What the next consent is about to allow, as a request asked for it: {verifier, type, claims}. */
let wanted = {};

const base = () => `/api/${me.office}`;
// el() shows false as a word: what is not there is null.
const only = (so, what) => (so ? what() : null);
const nothing = (what) => el('p', { class: 'sheet empty' }, t(what));
const fill = (...children) => view.replaceChildren(...children.flat().filter(Boolean));

/** Counts what was asked to be drawn; what an earlier turn fetched is then not shown any more, nor its refusal. */
let turn = 0;

/** Does something; what is refused is told above the view while that stands, and who is signed out sees nothing more. */
async function shown(act, stands = () => true) {
  problem.replaceChildren();
  try { await act(); } catch (refusal) {
    if (refusal instanceof Refusal && refusal.status === 401) lock();
    else if (stands()) { problem.replaceChildren(told(refusal)); problem.scrollIntoView({ block: 'nearest' }); }
  }
}

/** The same for what changes something: one act after another. */
const tried = (act) => once(view, () => shown(act));

function lock() {
  document.querySelector('#locked').hidden = false;
  document.querySelector('#console').hidden = true;
}

function linkForm(title, hint, path) {
  const link = el('textarea', { rows: 2, placeholder: t(hint), 'aria-label': t(hint) });
  return el('form', { class: 'sheet stack', onsubmit: (event) => { event.preventDefault(); tried(async () => { await api('POST', base() + path, { link: link.value.trim() }); await draw(); }); } },
    el('h2', {}, t(title)), link, el('button', { class: 'main' }, t('go')));
}

/** Who it was, as people call them. */
const nameOf = (id) => company.people.find((each) => each.id === id)?.name ?? id;

/** What a claim of a card is called; its path where nobody says. */
const claimName = (card, path) => label(card?.claims.find((claim) => claim.path === path)?.label) || path;

/** Fen as people write an amount. */
const yuan = (fen) => new Intl.NumberFormat(lang() === 'zh' ? 'zh-CN' : 'en-GB', { style: 'currency', currency: 'CNY' }).format(fen / 100);

function cardOf(card) {
  return el('div', { class: 'card', style: { '--card': card.colour }, 'data-dead': ['REVOKED', 'EXPIRED', 'SUSPENDED'].includes(card.state) },
    el('div', {}, el('div', { class: 'title' }, label(card.name)), el('div', { class: 'issuer' }, label(card.issuer.name))),
    el('div', { class: 'number' }, card.summary.join(' · ')),
    el('div', { class: 'state' }, `${t(card.state)} · ${t(card.anchored ? 'anchored' : 'notAnchored')}`));
}

const views = {
  async cards(show) {
    const { cards } = await api('GET', `${base()}/cards`);
    show(linkForm('accept', 'offerHint', '/offers'), cards.length ? el('div', { class: 'grid' }, cards.map(cardOf)) : nothing('noCards'));
  },
  async requests(show) {
    const { requests } = await api('GET', `${base()}/requests`);
    show(linkForm('hand', 'requestHint', '/requests'), requests.length ? requests.map(requestOf) : nothing('noRequests'));
  },
  async phones(show) {
    const { phones } = await api('GET', `${base()}/phones`);
    const code = el('div', { id: 'phone-code' });
    show(el('section', { class: 'sheet stack' }, el('h2', {}, t('addPhone')), el('p', { class: 'soft' }, t('phoneHint')), code,
      el('button', { class: 'main', type: 'button', id: 'add-phone', onclick: () => tried(async () => {
        const { link, qr } = await api('POST', `${base()}/phones`, {});
        code.replaceChildren(el('a', { class: 'qr', href: link }, el('img', { src: qr, alt: t('phoneCode') })));
      }) }, t('addPhone'))), phones.length ? phones.map(phoneOf) : nothing('noPhones'));
  },
  async mandates(show) {
    const { mandates } = await api('GET', `${base()}/mandates`);
    show(mandateForm(), mandates.length ? mandates.map(mandateOf) : nothing('noMandates'));
  },
  async consents(show) {
    const [{ consents }, { cards }, { requests }] = await Promise.all(['consents', 'cards', 'requests'].map((what) => api('GET', `${base()}/${what}`)));
    const types = new Map(cards.map((card) => [card.type, card]));
    const verifiers = new Map(requests.filter((request) => request.verifier.startsWith('did:')).map((request) => [request.verifier, label(request.name)]));
    show(consentForm(types, verifiers), consents.length ? consents.map((consent) => consentOf(consent, types, verifiers)) : nothing('noConsents'));
  },
  async receipts(show) {
    const [{ receipts }, { cards }] = await Promise.all(['receipts', 'cards'].map((what) => api('GET', `${base()}/${what}`)));
    const cardOf = (says) => cards.find((card) => card.type === says.vct);
    show(receipts.length ? el('section', { class: 'sheet scroll', tabindex: 0, role: 'group', 'aria-label': t('receipts') }, el('table', {}, el('thead', {}, el('tr', {}, ['', 'verifier', 'saw', 'why', 'until', 'proof'].map((name) => el('th', { scope: 'col' }, name ? t(name) : '')))),
      el('tbody', {}, receipts.map(({ at, says, proof, countersigned }) => el('tr', {}, el('td', {}, when(at)), el('td', {}, says.verifier_name), el('td', {}, says.fields.map((path) => claimName(cardOf(says), path)).join(t('comma'))), el('td', {}, says.purpose ?? nameOf(says.approved_by) ?? ''), el('td', {}, says.until ? when(says.until * 1000) : ''),
        el('td', {}, el('span', { class: `tag ${proof ? 'good' : ''}` }, proof ? `${t('proven')} · ${proof.index}/${proof.size}` : t('notYet')), ' ', countersigned ? el('span', { class: 'tag good' }, t('countersigned')) : '')))))) : nothing('noReceipts'));
  },
  async dossier(show) {
    const found = el('div', {});
    const reference = el('input', { 'aria-label': t('waybill'), placeholder: t('waybill'), required: true });
    show(el('form', { class: 'sheet row', onsubmit: (event) => { event.preventDefault(); tried(async () => {
      const { documents } = await api('GET', `${base()}/dossier?reference=${encodeURIComponent(reference.value.trim())}`);
      found.replaceChildren(...(documents.length ? documents.map((document) => el('section', { class: 'sheet' }, el('h3', {}, label(document.name)),
        el('dl', { class: 'facts' }, Object.entries(document.claims).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)).map(([name, value]) => [el('dt', { class: 'mono' }, name), el('dd', {}, String(value))]).flat()))) : [nothing('noDocuments')]));
    }); } }, reference, el('button', { class: 'main' }, t('find'))), found);
  },
  async history(show) {
    const [{ history }, { cards }] = await Promise.all(['history', 'cards'].map((what) => api('GET', `${base()}/${what}`)));
    const cardOf = (entry) => cards.find((card) => card.name.zh === entry.card.zh);
    show(history.length ? el('section', { class: 'sheet scroll', tabindex: 0, role: 'group', 'aria-label': t('history') }, el('table', {}, el('tbody', {}, history.map((entry) => el('tr', {},
      el('td', {}, when(entry.at)), el('td', {}, t(entry.kind)), el('td', {}, label(entry.party)), el('td', {}, label(entry.card)), el('td', {}, entry.claims.map((path) => claimName(cardOf(entry), path)).join(t('comma')))))))) : nothing('noHistory'));
  },
};

function requestOf(request) {
  const decide = (verb) => tried(async () => { await api('POST', `${base()}/requests/${request.id}/${verb}`, {}); await draw(); });
  const questions = request.request?.questions ?? [];
  const ahead = coverable(request);
  return el('section', { class: 'sheet stack', 'data-request': request.id },
    el('div', { class: 'row spread' }, el('h3', {}, label(request.name)), el('span', { class: `tag ${{ waiting: 'warn', answered: 'good', denied: '', refused: 'bad' }[request.state]}` }, t(request.state))),
    el('small', { class: 'soft' }, `${when(request.received_at)} ${request.consent ? `· ${t('byConsent')}` : ''} ${request.decided_by ? `· ${t('by')} ${nameOf(request.decided_by)}` : ''} ${request.code === 'unconfirmed' ? t('unconfirmed') : request.code ?? ''}`),
    only(request.request?.transactions?.length > 0, () => el('p', {}, el('strong', {}, `${t('act')}: `), request.request.transactions.map((text) => { const { act } = JSON.parse(text); return act?.power ? `${t(act.power)} ${act.amount === undefined ? '' : yuan(act.amount)}` : text; }).join(t('semicolon')))),
    only(request.signed_by.length > 0, () => el('p', {}, `${t('signedBy')}: ${request.signed_by.map(nameOf).join(t('comma'))}`)),
    only(request.state === 'waiting', () => questions.filter((question) => question.matches[0]).map((question) => el('div', {}, el('strong', {}, `${t('discloses')}: ${label(question.matches[0].card.name)}`),
      el('div', { class: 'soft' }, question.matches[0].disclosed.map((claim) => label(claim.label)).join(t('comma')))))),
    only(request.state === 'waiting', () => el('div', { class: 'row' },
      // Nobody agrees to what is not on the screen: after a restart a request is read again first.
      request.request ? el('button', { class: 'main', type: 'button', onclick: () => decide('approve') }, t('approve'))
        : el('button', { class: 'main', type: 'button', onclick: (event) => tried(async () => { event.target.closest('section').replaceWith(requestOf(await api('GET', `${base()}/requests/${request.id}`))); }) }, t('look')),
      el('button', { class: 'danger', type: 'button', onclick: () => decide('deny') }, t('deny')),
      only(ahead, () => el('button', { type: 'button', onclick: () => { wanted = ahead; go('consents'); } }, t('ahead'))))));
}

/** What a standing consent would say to allow this request, if one could: one type, no act to sign, asked by a party of the ledger. */
function coverable({ verifier, request }) {
  const matches = (request?.questions ?? []).map((question) => question.matches[0]).filter(Boolean);
  const types = new Set(matches.map((match) => match.card.type));
  if (types.size !== 1 || request.transactions.length || !verifier.startsWith('did:')) return null;
  return { verifier, type: [...types][0], claims: matches.flatMap((match) => match.disclosed.map((claim) => claim.path)) };
}

function phoneOf(phone) {
  return el('section', { class: 'sheet stack' },
    el('div', { class: 'row spread' }, el('h3', {}, nameOf(phone.person)), phone.withdrawn_at ? el('span', { class: 'tag bad' }, `${t('stopped')} · ${when(phone.withdrawn_at)}`)
      : only(phone.person === company.person.id || company.person.representative, () => el('button', { class: 'danger', type: 'button', onclick: () => tried(async () => { await api('DELETE', `${base()}/phones/${phone.id}`); await draw(); }) }, t('stop')))),
    el('p', { class: 'soft' }, `${t('added')} ${when(phone.added_at)}`));
}

function consentOf(consent, types, verifiers) {
  const card = types.get(consent.type);
  return el('section', { class: 'sheet stack' },
    el('div', { class: 'row spread' }, el('h3', {}, consent.purpose), consent.withdrawn_at ? el('span', { class: 'tag bad' }, `${t('withdrawn')} · ${when(consent.withdrawn_at)}`)
      : el('button', { class: 'danger', type: 'button', onclick: () => tried(async () => { await api('DELETE', `${base()}/consents/${consent.id}`); await draw(); }) }, t('withdraw'))),
    el('dl', { class: 'facts' }, el('dt', {}, t('verifier')), el('dd', {}, verifiers.get(consent.verifier) ?? consent.verifier), el('dt', {}, t('type')), el('dd', {}, label(card?.name) || consent.type),
      el('dt', {}, t('claims')), el('dd', {}, consent.claims.map((path) => claimName(card, path)).join(t('comma'))), el('dt', {}, t('until')), el('dd', {}, when(consent.until)), el('dt', {}, t('uses')), el('dd', {}, `${consent.used} / ${consent.uses}`)));
}

function field(name, type = 'text', required = true, limits = {}) {
  return el('div', { class: 'field' }, el('label', { for: `c-${name}` }, t(name)), el('input', { id: `c-${name}`, name, type, required, ...limits }));
}

const given = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

function form(title, verb, path, body, ...fields) {
  return el('form', { class: 'sheet', onsubmit: (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    tried(async () => { await api('POST', base() + path, body(given(Object.fromEntries(data)), data)); await draw(); });
  } }, el('h2', {}, t(title)), fields, el('button', { class: 'main' }, t(verb)));
}

/** As the browser's fields for days and times have it, by this machine's clock. */
const now = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16);

/** A choice by name; what is not in it is typed. */
function chooser(name, otherName, names, chosen, changed = () => {}) {
  const typed = field(otherName);
  const select = el('select', { id: `c-${name}`, name }, [...names].map(([value, text]) => el('option', { value, selected: value === chosen }, text)), el('option', { value: '' }, t('other')));
  const paint = () => { typed.hidden = select.value !== ''; typed.querySelector('input').disabled = typed.hidden; changed(select.value); };
  select.addEventListener('change', paint);
  paint();
  return [el('div', { class: 'field' }, el('label', { for: `c-${name}` }, t(name)), select), typed];
}

function consentForm(types, verifiers) {
  const preset = wanted;
  wanted = {};
  const claims = el('div', {});
  const choose = (type) => claims.replaceChildren(types.has(type)
    ? el('fieldset', {}, el('legend', {}, t('claims')), types.get(type).claims.map((claim) => el('label', { class: 'choice' },
      el('input', { type: 'checkbox', name: 'claims', value: claim.path, checked: !claim.selective || (preset.claims?.includes(claim.path) ?? false), disabled: !claim.selective }), label(claim.label))))
    : field('paths'));
  return form('give', 'give', '/consents', ({ did, address, paths, ...values }) => ({ ...values, verifier: values.verifier ?? did, type: values.type ?? address, uses: Number(values.uses), claims: paths ? paths.split(',').map((claim) => claim.trim()) : [...claims.querySelectorAll(':checked')].map((box) => box.value), until: new Date(values.until).toISOString() }),
    el('div', { class: 'two' }, chooser('verifier', 'did', verifiers, preset.verifier), chooser('type', 'address', [...types].map(([type, card]) => [type, label(card.name)]), preset.type, choose)),
    claims,
    el('div', { class: 'two' }, field('purpose'), field('until', 'datetime-local', true, { min: now() }), field('uses', 'number', true, { min: 1, max: 1000000 }), field('reference', 'text', false)));
}

const POWERS = ['present-licences', 'open-account', 'sign-contract', 'declare-customs', 'apply-finance', 'register-property'];

function mandateForm() {
  return form('grant', 'grant', '/mandates', (values, data) => ({ person: values.person, valid_until: values.until, powers: data.getAll('powers'), may_delegate: values.delegate === 'on', ...(values.limit ? { limit: Number(values.limit) } : {}) }),
    el('div', { class: 'two' },
      el('div', { class: 'field' }, el('label', { for: 'c-person' }, t('whom')), el('select', { id: 'c-person', name: 'person' }, company.people.map((person) => el('option', { value: person.id }, person.name)))),
      field('limit', 'number', false, { min: 0 }), field('until', 'date', true, { min: now().slice(0, 10) })),
    el('fieldset', {}, el('legend', {}, t('powers')), POWERS.map((power) => el('label', { class: 'choice' }, el('input', { type: 'checkbox', name: 'powers', value: power }), t(power)))),
    el('label', { class: 'choice' }, el('input', { type: 'checkbox', name: 'delegate' }), t('delegate')));
}

function mandateOf(mandate) {
  return el('section', { class: 'sheet stack' },
    el('div', { class: 'row spread' }, el('h3', {}, nameOf(mandate.person)), mandate.revoked_at ? el('span', { class: 'tag bad' }, `${t('revokedOn')} · ${when(mandate.revoked_at)}`)
      : el('button', { class: 'danger', type: 'button', onclick: () => tried(async () => { await api('DELETE', `${base()}/mandates/${mandate.number}`); await draw(); }) }, t('revoke'))),
    el('dl', { class: 'facts' }, el('dt', {}, t('powers')), el('dd', {}, mandate.powers.map((power) => t(power)).join(t('comma'))), el('dt', {}, t('until')), el('dd', {}, mandate.valid_until),
      only(mandate.limit !== undefined, () => [el('dt', {}, t('most')), el('dd', {}, yuan(mandate.limit))]), el('dt', {}, t('grantedBy')), el('dd', {}, nameOf(mandate.granted_by))));
}

const go = tabs(Object.keys(views), (name) => {
  // Nothing of another tab stands under this one's name, where it cannot be read.
  if (name !== tab) fill();
  tab = name;
  return draw();
});

async function draw() {
  document.querySelector('#company').textContent = label(company.name);
  document.querySelector('#person').textContent = `${company.person.name} · ${t(company.person.representative ? 'representative' : 'staff')}`;
  turn += 1;
  const mine = turn;
  const stands = () => mine === turn;
  await shown(() => views[tab]((...children) => { if (stands()) fill(...children); }), stands);
}

me = await signIn();
if (me?.office) {
  company = await api('GET', `${base()}/company`);
  document.querySelector('#console').hidden = false;
  document.querySelector('#sign-out').hidden = false;
  onLanguage(() => go(tab));
} else {
  lock();
}
