import { start, t, lang, label, onLanguage, el, when, api, signIn, Refusal } from '/assets/page.js';
import { tabs, problem as trouble, bars, tile } from '/assets/parts.js';

start({
  title: ['发证机关工作台', 'Issuing office'],
  footer: ['所有操作均有记录。', 'Every act is recorded.'],
  locked: ['请使用终端打印的一次性链接登录。没有密码，也没有默认账号。', 'Sign in with the one-time link that the terminal printed. There is no password and no default account.'],
  office: ['机关', 'Office'], sections: ['栏目', 'Sections'],
  issue: ['签发', 'Issue'], licences: ['已签发', 'Issued'], anchoring: ['上链', 'Ledger'],
  type: ['证照种类', 'Type of licence'], choose: ['请选择', 'Choose'], all: ['全部', 'All'],
  sample: ['填入示例', 'Fill in the sample'], add: ['添加一项', 'Add one'], remove: ['删除', 'Remove'],
  makeOffer: ['生成领取二维码', 'Make the offer'], withCode: ['同时生成领取码（当面告知）', 'With a transaction code, told in person'],
  selective: ['可选择性披露', 'selectively disclosable'], notAccredited: ['账本上未获授权，钱包会拒收', 'not accredited on the ledger: wallets will refuse it'],
  problems: ['请更正标出的项目。', 'Please correct the marked fields.'],
  offerReady: ['请申请人扫描', 'Let the applicant scan'], offerHint: ['二维码在 {until} 前有效，只能使用一次。', 'Good until {until}, and once only.'],
  txCode: ['领取码', 'Transaction code'], link: ['链接', 'Link'], copy: ['复制链接', 'Copy the link'], copied: ['已复制', 'Copied'], another: ['再签发一份', 'Issue another'],
  search: ['姓名、名称或号码', 'Name or number'], state: ['状态', 'State'], subject: ['持有人', 'Holder'], issuedAt: ['签发时间', 'Issued'],
  valid: ['有效', 'valid'], suspended: ['已暂停', 'suspended'], revoked: ['已吊销', 'revoked'], anchored: ['已上链', 'anchored'], waiting: ['等待上链', 'waiting'],
  none: ['没有找到。', 'Nothing was found.'], history: ['记录', 'History'], reason: ['理由', 'Reason'],
  revoke: ['吊销', 'Revoke'], suspend: ['暂停', 'Suspend'], resume: ['恢复', 'Resume'], close: ['关闭', 'Close'],
  reasonNeeded: ['请写明理由。', 'Please give a reason.'], revokeSure: ['吊销不可恢复。查验方数秒内即会拒绝此证照。', 'Revoking cannot be undone. Verifiers refuse the licence within seconds.'],
  ledger: ['账本', 'Ledger'], up: ['可连接', 'reachable'], down: ['暂时无法连接，恢复后自动补写', 'not reachable now; what waits is written later'],
  queue: ['等待写入', 'Waiting to be written'], lag: ['最久已等待（秒）', 'Longest wait (seconds)'], head: ['日志头', 'Log head'], size: ['条目', 'Entries'], root: ['根', 'Root'], transaction: ['账本交易号', 'Ledger transaction'], at: ['时间', 'At'],
  yes: ['是', 'yes'], no: ['否', 'no'],
  issuedAct: ['签发', 'issued'],
});

const view = document.querySelector('#view');
const tenantBox = document.querySelector('#tenant');
let tenants = [];
let types = [];
let tab = 'issue';

const path = (rest) => `/api/${encodeURIComponent(tenantBox.value)}${rest}`;
const typeLabel = (id) => label(types.find((type) => type.id === id)?.label) || id;

// ---- the form, from the type's own description ------------------------------------------------------------------

function input(field, id) {
  if (field.choices && field.type !== 'array') {
    return el('select', { id, required: field.mandatory }, el('option', { value: '' }, t('choose')),
      field.choices.map((choice) => el('option', { value: choice.value }, label(choice.label))));
  }
  switch (field.type) {
    case 'date': return el('input', { id, type: 'date', required: field.mandatory });
    case 'datetime': return el('input', { id, type: 'text', placeholder: '2026-11-23T08:00:00+08:00', required: field.mandatory });
    case 'integer': case 'money': return el('input', { id, type: 'number', step: '1', required: field.mandatory });
    case 'boolean': return el('select', { id }, el('option', { value: '' }, ''), el('option', { value: 'true' }, t('yes')), el('option', { value: 'false' }, t('no')));
    case 'image': return el('textarea', { id, rows: 2, placeholder: 'data:image/png;base64,…' });
    default: return el('input', { id, type: 'text', required: field.mandatory, autocomplete: 'off' });
  }
}

let ids = 0;

/** A field, object or list with `read()` and `write(value)`; `mark(problems)` shows what the service said. */
function part(field, trail) {
  const here = [...trail, field.name];
  if (field.type === 'object') return group(field, here);
  if (field.type === 'array') return list(field, here);
  const id = `f${ids += 1}`;
  const box = input(field, id);
  const problem = el('div', { class: 'problem', id: `${id}-p`, role: 'alert' });
  box.setAttribute('aria-describedby', `${id}-p`);
  const element = el('div', { class: 'field', 'data-path': here.join('.') },
    el('label', { for: id }, label(field.label), field.mandatory ? ' *' : '', field.type === 'money' ? el('small', { class: 'soft' }, lang() === 'zh' ? '（分）' : ' (fen)') : ''), box, problem);
  return {
    element, path: here.join('.'),
    read: () => {
      const value = box.value.trim();
      if (value === '') return undefined;
      if (field.type === 'integer' || field.type === 'money') return Number.parseInt(value, 10);
      if (field.type === 'boolean') return value === 'true';
      return value;
    },
    write: (value) => { box.value = value === undefined || value === null ? '' : String(value); },
    mark: (found) => {
      const own = found.filter((p) => p.path === here.join('.'));
      element.toggleAttribute('data-bad', own.length > 0);
      box.setAttribute('aria-invalid', String(own.length > 0));
      problem.textContent = own.map((p) => p.text).join(' ');
      return own.length;
    },
  };
}

function group(field, here) {
  const parts = (field.members ?? []).map((member) => part(member, here));
  const element = el('fieldset', {}, el('legend', {}, label(field.label), field.mandatory ? ' *' : ''), el('div', { class: 'fields' }, parts.map((p) => p.element)));
  return {
    element,
    read: () => {
      const value = {};
      for (let i = 0; i < parts.length; i += 1) {
        const each = parts[i].read();
        if (each !== undefined) value[field.members[i].name] = each;
      }
      return Object.keys(value).length ? value : undefined;
    },
    write: (value) => parts.forEach((p, i) => p.write(value?.[field.members[i].name])),
    mark: (found) => parts.reduce((sum, p) => sum + p.mark(found), 0),
  };
}

function list(field, here) {
  if (field.choices) return choices(field, here);
  const rows = el('div');
  const problem = el('div', { class: 'problem', role: 'alert' });
  let items = [];
  const addRow = (value) => {
    const item = field.members?.length
      ? group({ ...field, label: { zh: `${label(field.label)} ${items.length + 1}`, en: `${label(field.label)} ${items.length + 1}` } }, [...here, String(items.length)])
      : part({ ...field, type: 'string', mandatory: false }, here);
    item.write(value);
    const remove = el('button', { type: 'button', class: 'quiet', onclick: () => { items = items.filter((each) => each !== item); row.remove(); } }, t('remove'));
    const row = el('div', {}, item.element, remove);
    items.push(item);
    rows.append(row);
  };
  const element = el('fieldset', {}, el('legend', {}, label(field.label), field.mandatory ? ' *' : ''), rows, problem,
    el('button', { type: 'button', onclick: () => addRow(undefined) }, t('add')));
  return {
    element,
    read: () => { const values = items.map((item) => item.read()).filter((v) => v !== undefined); return values.length ? values : undefined; },
    write: (values) => { items = []; rows.replaceChildren(); (values ?? []).forEach(addRow); },
    mark: (found) => {
      const own = found.filter((p) => p.path === here.join('.'));
      problem.textContent = own.map((p) => p.text).join(' ');
      return own.length + items.reduce((sum, item) => sum + item.mark(found), 0);
    },
  };
}

function choices(field, here) {
  const boxes = field.choices.map((choice) => el('input', { type: 'checkbox', value: choice.value, id: `f${ids += 1}` }));
  const problem = el('div', { class: 'problem', role: 'alert' });
  const element = el('fieldset', {}, el('legend', {}, label(field.label), field.mandatory ? ' *' : ''),
    el('div', { class: 'row' }, boxes.map((box, i) => el('label', { class: 'choice', for: box.id }, box, label(field.choices[i].label)))), problem);
  return {
    element,
    read: () => { const values = boxes.filter((b) => b.checked).map((b) => b.value); return values.length ? values : undefined; },
    write: (values) => boxes.forEach((box) => { box.checked = (values ?? []).includes(box.value); }),
    mark: (found) => { const own = found.filter((p) => p.path === here.join('.')); problem.textContent = own.map((p) => p.text).join(' '); return own.length; },
  };
}

function issue(preset) {
  const chosen = types.find((type) => type.id === preset) ?? types[0];
  const typeBox = el('select', { id: 'type', onchange: () => issue(typeBox.value) },
    types.map((type) => el('option', { value: type.id, selected: type === chosen }, label(type.label))));
  const top = el('div', { class: 'sheet' },
    el('div', { class: 'field' }, el('label', { for: 'type' }, t('type')), typeBox),
    chosen ? el('p', { class: 'soft' }, label(chosen.description)) : null,
    chosen && !chosen.accredited ? el('p', { class: 'notice bad' }, t('notAccredited')) : null);
  if (!chosen) { view.replaceChildren(el('p', { class: 'notice' }, t('none'))); return; }
  const parts = chosen.fields.map((field) => part(field, []));
  const problems = el('p', { class: 'notice bad', role: 'alert', hidden: true }, t('problems'));
  const withCode = el('input', { type: 'checkbox', id: 'with-code' });
  const form = el('form', { class: 'sheet', novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    const claims = {};
    parts.forEach((p, i) => { const value = p.read(); if (value !== undefined) claims[chosen.fields[i].name] = value; });
    try {
      offerMade(chosen, await api('POST', path('/offers'), { licences: [{ type: chosen.id, claims }], tx_code: withCode.checked }));
    } catch (refusal) {
      const found = (refusal.body?.fields ?? []).map((f) => ({ path: f.path.replace(/\[(\d+)\]/g, '.$1'), text: label(f) }));
      const marked = parts.reduce((sum, p) => sum + p.mark(found), 0);
      problems.hidden = false;
      problems.textContent = marked ? t('problems') : [refusal.message, ...found.map((f) => f.text)].join(' ');
      (form.querySelector('[aria-invalid="true"]') ?? problems).focus?.();
    }
  } },
  el('div', { class: 'row spread' }, el('h2', {}, label(chosen.label)), el('button', { type: 'button', id: 'sample', onclick: () => parts.forEach((p, i) => p.write(chosen.sample?.[chosen.fields[i].name])) }, t('sample'))),
  problems, el('div', { class: 'fields' }, parts.map((p) => p.element)),
  el('label', { class: 'choice', for: 'with-code' }, withCode, t('withCode')),
  el('p', {}), el('button', { type: 'submit', class: 'main', id: 'make-offer' }, t('makeOffer')));
  view.replaceChildren(top, form);
}

function offerMade(type, offer) {
  const picture = new URL(offer.qr);
  view.replaceChildren(el('section', { class: 'sheet centre', id: 'offer' },
    el('h2', {}, label(type.label)), el('p', {}, t('offerReady')),
    el('div', { class: 'qr' }, el('img', { src: picture.pathname, alt: t('offerReady') })),
    offer.tx_code ? el('p', {}, t('txCode'), el('br'), el('span', { class: 'code-digits' }, offer.tx_code)) : null,
    el('p', { class: 'soft' }, t('offerHint', { until: when(offer.expires_at) })),
    (offer.warnings ?? []).length ? el('p', { class: 'notice' }, offer.warnings.map(label).join(' ')) : null,
    el('div', { class: 'row', style: { 'justify-content': 'center' } },
      el('button', { type: 'button', id: 'copy', 'data-link': offer.link, onclick: async (event) => { await navigator.clipboard.writeText(offer.link); event.target.textContent = t('copied'); } }, t('copy')),
      el('button', { type: 'button', class: 'main', onclick: () => issue(type.id) }, t('another')))));
}

// ---- the licences issued -----------------------------------------------------------------------------------------

function licences() {
  const q = el('input', { type: 'search', id: 'q', placeholder: t('search') });
  const typeBox = el('select', { id: 'q-type' }, el('option', { value: '' }, t('all')), types.map((type) => el('option', { value: type.id }, label(type.label))));
  const stateBox = el('select', { id: 'q-state' }, ['', 'valid', 'suspended', 'revoked'].map((state) => el('option', { value: state }, state ? t(state) : t('all'))));
  const body = el('tbody');
  const find = async () => {
    const query = new URLSearchParams();
    if (q.value.trim()) query.set('q', q.value.trim());
    if (typeBox.value) query.set('type', typeBox.value);
    if (stateBox.value) query.set('state', stateBox.value);
    const { licences: found } = await api('GET', path(`/licences?${query}`));
    body.replaceChildren(...(found.length ? found.map((licence) => el('tr', { tabindex: 0, onclick: () => open(licence.id, find), onkeydown: (e) => { if (e.key === 'Enter') open(licence.id, find); } },
      el('td', {}, typeLabel(licence.type)), el('td', {}, licence.subject ?? ''),
      el('td', {}, stateTag(licence.state)), el('td', {}, when(licence.issued_at)),
      el('td', {}, licence.anchored >= licence.copies ? t('anchored') : t('waiting')))) : [el('tr', {}, el('td', { colspan: 5 }, t('none')))]));
  };
  let timer;
  q.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(find, 250); });
  typeBox.addEventListener('change', find);
  stateBox.addEventListener('change', find);
  view.replaceChildren(el('section', { class: 'sheet' },
    el('div', { class: 'filters' },
      el('div', {}, el('label', { for: 'q' }, t('search')), q),
      el('div', {}, el('label', { for: 'q-type' }, t('type')), typeBox),
      el('div', {}, el('label', { for: 'q-state' }, t('state')), stateBox)),
    el('div', { class: 'scroll' }, el('table', { id: 'licences' },
      el('thead', {}, el('tr', {}, ['type', 'subject', 'state', 'issuedAt', 'anchoring'].map((c) => el('th', { scope: 'col' }, t(c))))), body))));
  find();
}

const stateTag = (state) => el('span', { class: `tag ${{ valid: 'good', suspended: 'warn', revoked: 'bad' }[state] ?? ''}` }, t(state));

async function open(id, after) {
  const licence = await api('GET', path(`/licences/${id}`));
  const reason = el('input', { id: 'reason', type: 'text', maxlength: 200 });
  const problem = el('p', { class: 'notice bad', role: 'alert', hidden: true });
  const act = (name) => el('button', { type: 'button', id: `act-${name}`, class: name === 'revoke' ? 'danger' : '', onclick: async () => {
    problem.hidden = true;
    if (!reason.value.trim()) { problem.hidden = false; problem.textContent = t('reasonNeeded'); reason.focus(); return; }
    try {
      await api('POST', path(`/licences/${id}/${name}`), { reason: reason.value.trim() });
      dialog.close();
      after();
    } catch (refusal) { problem.hidden = false; problem.textContent = refusal.message; }
  } }, t(name));
  const dialog = el('dialog', { 'aria-labelledby': 'd-title', onclose: () => dialog.remove() },
    el('h2', { id: 'd-title' }, typeLabel(licence.type)), el('p', {}, licence.subject ?? '', ' ', stateTag(licence.state)),
    el('h3', {}, t('history')), el('ul', { class: 'timeline' }, (licence.history ?? []).map((line) => el('li', {},
      el('strong', {}, t(line.act) ?? line.act), ' ', el('small', {}, `${when(line.at)} · ${line.actor}`), line.reason ? el('div', {}, line.reason) : null))),
    licence.state === 'revoked' ? null : [el('div', { class: 'field' }, el('label', { for: 'reason' }, t('reason')), reason), el('p', { class: 'soft' }, t('revokeSure')), problem],
    el('div', { class: 'row' },
      licence.state === 'valid' ? act('suspend') : null, licence.state === 'suspended' ? act('resume') : null,
      licence.state === 'revoked' ? null : act('revoke'),
      el('button', { type: 'button', onclick: () => dialog.close() }, t('close'))));
  document.body.append(dialog);
  dialog.showModal();
}

// ---- anchoring ---------------------------------------------------------------------------------------------------

async function anchoring() {
  const state = await api('GET', path('/anchoring'));
  const head = state.log_head;
  view.replaceChildren(el('section', { class: 'sheet' }, el('h2', {}, t('ledger')),
    el('dl', { class: 'facts' },
      el('dt', {}, t('state')), el('dd', {}, el('span', { class: `tag ${state.ledger_reachable ? 'good' : 'warn'}` }, t(state.ledger_reachable ? 'up' : 'down'))),
      el('dt', {}, t('queue')), el('dd', {}, String(state.waiting)), el('dt', {}, t('lag')), el('dd', {}, String(state.lag_seconds)),
      head ? [el('dt', {}, t('size')), el('dd', {}, String(head.size)), el('dt', {}, t('root')), el('dd', { class: 'mono' }, head.root),
        el('dt', {}, t('transaction')), el('dd', {}, String(head.transaction ?? '')), el('dt', {}, t('at')), el('dd', {}, when(head.anchored_at))] : [])));
}

const TABS = { issue, licences, anchoring };

const go = tabs(Object.keys(TABS), async (name) => {
  tab = name;
  try { await TABS[name](); } catch (refusal) {
    if (refusal instanceof Refusal && refusal.status === 401) lock(); else view.replaceChildren(trouble(refusal, () => go(name)));
  }
});

function lock() {
  document.querySelector('#locked').hidden = false;
  document.querySelector('#console').hidden = true;
}

async function loadTypes() { types = (await api('GET', path('/types'))).types; }

tenantBox.addEventListener('change', async () => { await loadTypes(); go(tab); });

const me = await signIn();
if (!me) {
  lock();
} else {
  document.querySelector('#sign-out').hidden = false;
  tenants = (await api('GET', '/api/tenants')).tenants;
  const wanted = new URLSearchParams(location.search).get('tenant');
  onLanguage(() => {
    const selected = tenantBox.value || (wanted ?? tenants.find((x) => x.id === 'traffic-police')?.id ?? tenants[0]?.id);
    tenantBox.replaceChildren(...tenants.map((tenant) => el('option', { value: tenant.id, selected: tenant.id === selected }, label(tenant.name))));
  });
  await loadTypes();
  // Only now: who clicks at once must have an office to ask.
  document.querySelector('#console').hidden = false;
  onLanguage(() => go(tab));
}
