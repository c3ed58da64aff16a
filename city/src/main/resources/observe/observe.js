import { start, t, lang, label, onLanguage, el, api, once, when, day } from '/assets/page.js';
import { problem } from '/assets/parts.js';

start({
  title: ['监管观察', 'The regulator’s observer'],
  name: ['监管观察', 'Observer'],
  heading: ['账本上的一切，独立核对', 'All that is on the ledger, checked independently'],
  lead: ['仅凭创世文件跟踪账本；每个日志头都要求签发机关出示一致性证明。这里没有任何个人信息。', 'Follows the ledger by its genesis file alone and has every log head proven by its issuer. Nothing personal is here.'],
  transactions: ['账本交易', 'Transactions'], proven: ['已证明的日志头', 'Heads proven'], entries: ['已存证签发', 'Issues anchored'], alarmsTotal: ['告警', 'Alarms'], asOf: ['核对时间', 'Checked at'],
  alarms: ['告警', 'Alarms'], noAlarms: ['没有告警。', 'No alarms.'], ended: ['已结束', 'ended'],
  byDay: ['每日写入账本', 'Written to the ledger by day'], byIssuer: ['各机关存证签发', 'Issues anchored by issuer'], byType: ['各类证照签发', 'Issued by type'],
  delays: ['状态变更上链平均耗时（毫秒）', 'Mean time until a change of status is on the ledger (ms)'], uses: ['使用一次：按签发机关', 'Used once, by issuer'], conflicts: ['使用一次：被拒原因', 'Used once: refused because'],
  consentsByVerifier: ['企业授权使用：按查验方', 'Consents used, by who received'], consentsByDay: ['企业授权使用：按日', 'Consents used, by day'],
  parties: ['机构', 'Parties'], party: ['名称', 'Name'], mayIssue: ['可签发种类', 'Types it may issue'], size: ['日志条数', 'Log entries'], state: ['状态', 'State'],
  active: ['正常', 'active'], frozen: ['已冻结', 'frozen'], freeze: ['冻结', 'Freeze'], lift: ['解除', 'Lift'], cancel: ['取消', 'Cancel'],
  freezeHint: ['冻结后，各查验方数秒内即拒绝其此后签发的证照。', 'Once frozen, verifiers refuse within seconds what it issues from then on.'],
  nothing: ['尚无数据', 'nothing yet'], kind: ['用途', 'Use'], issuer: ['签发机关', 'Issuer'], count: ['次数', 'Number'], sum: ['金额（元）', 'Sum (yuan)'], withheld: ['少于 3 次，不公布', 'fewer than 3: withheld'],
  footer: ['任何持有创世文件的人都可以这样核对。', 'Whoever has the genesis file can check the same.'],
  notBelieved: ['账本自相矛盾，此后内容不再采信。', 'The ledger contradicts itself; nothing since is believed.'],
});

// The key stays in this page: it is taken out of the address at once and never stored.
const key = new URLSearchParams(location.hash.slice(1)).get('key');
if (key) history.replaceState(null, '', location.pathname + location.search);

let seen = null;

/** Horizontal bars, with the numbers as text: readable at any width, without colour and by a screen reader. */
function bars(rows, tone = '') {
  if (!rows.length) return el('p', { class: 'empty' }, t('nothing'));
  const most = Math.max(1, ...rows.map((row) => row.value));
  return el('ul', { class: 'bars' }, rows.map((row) => el('li', {}, el('span', {}, row.name), ' ', el('span', { class: 'value' }, String(row.value)),
    el('span', { class: `bar ${tone}`, style: { width: `${(row.value / most) * 100}%` } }))));
}

/** Adds up rows by a name, largest first. */
function total(rows, name, value) {
  const sums = new Map();
  for (const row of rows) sums.set(name(row), (sums.get(name(row)) ?? 0) + value(row));
  return [...sums].map(([n, v]) => ({ name: n, value: v })).sort((a, b) => b.value - a.value).slice(0, 14);
}

/** An office is frozen, or not any more, by a second look: the list moves while it is read. */
function sure(party) {
  const [path, verb] = party.frozen_since ? ['/api/lift', 'lift'] : ['/api/freeze', 'freeze'];
  const act = () => once(dialog, async () => {
    try { await api('POST', path, { did: party.did }, { Authorization: `Bearer ${key}` }); await look(); } catch (error) {
      document.querySelector('#trouble').replaceChildren(problem(error));
      window.scrollTo(0, 0);
    }
    dialog.close();
  });
  const dialog = el('dialog', { 'aria-labelledby': 'd-title', onclose: () => dialog.remove() },
    el('h2', { id: 'd-title' }, `${t(verb)} · ${label(party.name)}`), verb === 'freeze' ? el('p', {}, t('freezeHint')) : null,
    el('div', { class: 'row' }, el('button', { type: 'button', class: verb === 'freeze' ? 'danger' : '', id: 'sure', onclick: act }, t(verb)),
      el('button', { type: 'button', onclick: () => dialog.close() }, t('cancel'))));
  document.body.append(dialog);
  dialog.showModal();
}

function paint() {
  if (!seen) return;
  const names = new Map(seen.parties.flatMap((party) => [[party.did, label(party.name)], [party.id, label(party.name)]]));
  const name = (did) => names.get(did) ?? did;
  const report = (field) => seen.reports.flatMap((each) => each[field] ?? []);
  const tile = (what, figure, tone) => el('div', { class: 'tile', 'data-tone': tone ?? null }, el('div', { class: 'soft' }, t(what)), el('div', { class: 'figure' }, String(figure)));
  document.querySelector('#tiles').replaceChildren(
    tile('transactions', seen.transactions), tile('proven', seen.heads_proven),
    tile('entries', seen.parties.reduce((sum, party) => sum + party.entries, 0)),
    tile('alarmsTotal', seen.alarms_total, seen.alarms_total ? 'bad' : 'good'), tile('asOf', new Date(seen.as_of).toLocaleTimeString(lang() === 'zh' ? 'zh-CN' : 'en-GB')));
  document.querySelector('#tiles').lastElementChild.title = when(seen.as_of);
  document.querySelector('#alarms').replaceChildren(
    seen.believed ? '' : el('div', { class: 'notice bad', role: 'alert' }, t('notBelieved')),
    seen.alarms.length
      ? el('ul', { class: 'timeline' }, seen.alarms.slice(0, 50).map((alarm) => el('li', { 'data-kind': alarm.kind },
        el('span', { class: alarm.ended ? 'tag' : 'tag bad' }, alarm.kind), ` ${when(alarm.at)} · ${alarm.ended ? `${t('ended')} ${when(alarm.ended)}` : `#${alarm.seq_no}`}`, el('br'), el('span', { class: 'mono' }, alarm.what))))
      : el('p', { class: 'soft' }, t('noAlarms')));
  const draw = (id, rows, tone) => document.querySelector(id).replaceChildren(bars(rows, tone));
  draw('#by-day', seen.ledger.days.slice(-14).map((each) => ({ name: day(each.day), value: Object.values(each.written).reduce((a, b) => a + b, 0) })));
  draw('#by-issuer', total(seen.ledger.logged, (row) => name(row.issuer), (row) => row.count));
  draw('#by-type', total(report('issued'), (row) => label(seen.types[row.type]) || row.type, (row) => row.issued));
  draw('#delays', report('revocation_delays').map((row) => ({ name: name(row.issuer), value: row.mean_ms })));
  draw('#conflicts', total(report('refused'), (row) => `${row.kind} · ${row.code}`, (row) => row.count), 'bad');
  draw('#consents-by-verifier', total(report('consents_used'), (row) => name(row.verifier), (row) => row.count));
  draw('#consents-by-day', total(report('consents_used'), (row) => row.day, (row) => row.count).sort((a, b) => (a.name < b.name ? -1 : 1)).slice(-14).map((row) => ({ ...row, name: day(row.name) })));
  const uses = report('uses');
  document.querySelector('#uses').replaceChildren(
    el('thead', {}, el('tr', {}, ['issuer', 'kind', 'count', 'sum'].map((head) => el('th', { scope: 'col' }, t(head))))),
    el('tbody', {}, uses.length ? uses.map((row) => el('tr', {}, el('td', {}, name(row.issuer)), el('td', {}, row.kind), el('td', {}, String(row.count)),
      el('td', {}, row.sum === undefined ? t('withheld') : (row.sum / 100).toFixed(2)))) : el('tr', {}, el('td', { colspan: 4 }, t('nothing')))));
  document.querySelector('#freeze-hint').hidden = !(key && seen.may_freeze);
  document.querySelector('#parties').replaceChildren(
    el('thead', {}, el('tr', {}, ['party', 'mayIssue', 'size', 'state'].map((head) => el('th', { scope: 'col' }, t(head))), el('td', {}))),
    el('tbody', {}, seen.parties.map((party) => el('tr', {},
      el('td', {}, label(party.name)), el('td', {}, String(party.issues)), el('td', {}, String(party.entries)),
      el('td', {}, party.frozen_since ? el('span', { class: 'frozen' }, `${t('frozen')} ${when(party.frozen_since)}`) : t('active')),
      el('td', {}, key && seen.may_freeze
        ? el('button', { type: 'button', 'data-did': party.did, onclick: () => sure(party) }, t(party.frozen_since ? 'lift' : 'freeze'), el('span', { class: 'said' }, ` ${label(party.name)}`))
        : '')))));
}

async function look() {
  try {
    seen = await api('GET', '/api/oversight');
    document.querySelector('#trouble').replaceChildren();
    paint();
  } catch (error) {
    document.querySelector('#trouble').replaceChildren(problem(error));
  }
}

onLanguage(paint);
await look();
setInterval(look, 3000);
