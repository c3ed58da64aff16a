// What was issued: found, suspended, resumed, revoked, one by one or several at once.

import { t, lang, label, el, when, api, once } from '/assets/page.js';
import { problem, explain } from '/assets/parts.js';
import { view, desk, path, typeLabel } from '/desk.js';

const stateTag = (state) => el('span', { class: `tag ${{ valid: 'good', suspended: 'warn', revoked: 'bad' }[state] ?? ''}` }, t(state));

export function licences() {
  const q = el('input', { type: 'search', id: 'q', autocomplete: 'off' });
  const typeBox = el('select', { id: 'q-type' }, el('option', { value: '' }, t('all')), desk.types.map((type) => el('option', { value: type.id }, label(type.label))));
  const stateBox = el('select', { id: 'q-state' }, ['', 'valid', 'suspended', 'revoked'].map((state) => el('option', { value: state }, state ? t(state) : t('all'))));
  const body = el('tbody');
  const chosen = new Set();
  const several = el('div', { class: 'row', hidden: true });
  const count = () => {
    several.hidden = chosen.size === 0;
    several.replaceChildren(el('span', {}, t('selected', { n: chosen.size })), el('button', { type: 'button', class: 'danger', id: 'revoke-selected', onclick: () => revokeSeveral([...chosen], find) }, t('revokeSelected')));
  };
  const row = (licence) => {
    const tick = el('input', { type: 'checkbox', 'aria-label': t('select', { who: `${typeLabel(licence.type)} ${licence.subject ?? ''}` }), disabled: licence.state === 'revoked',
      onclick: (event) => event.stopPropagation(), onchange: () => { if (tick.checked) chosen.add(licence.id); else chosen.delete(licence.id); count(); } });
    return el('tr', { onclick: () => open(licence.id, find) },
      el('td', {}, tick), el('td', {}, typeLabel(licence.type)), el('td', {}, licence.subject ?? ''), el('td', {}, stateTag(licence.state)),
      el('td', {}, when(licence.issued_at)), el('td', {}, licence.anchored >= licence.copies ? t('anchored') : t('waiting')),
      el('td', {}, el('button', { type: 'button', class: 'quiet', onclick: (event) => { event.stopPropagation(); open(licence.id, find); } }, t('open'), el('span', { class: 'said' }, ` ${typeLabel(licence.type)} ${licence.subject ?? ''}`))));
  };
  const find = async () => {
    const query = new URLSearchParams();
    if (q.value.trim()) query.set('q', q.value.trim());
    if (typeBox.value) query.set('type', typeBox.value);
    if (stateBox.value) query.set('state', stateBox.value);
    chosen.clear();
    count();
    try {
      const { licences: found } = await api('GET', path(`/licences?${query}`));
      body.replaceChildren(...(found.length ? found.map(row) : [el('tr', {}, el('td', { colspan: 7, class: 'empty' }, t('none')))]));
    } catch (refusal) { view.replaceChildren(problem(refusal, licences)); }
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
    several,
    el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('licences') }, el('table', { id: 'licences' },
      el('thead', {}, el('tr', {}, el('td', {}), ['type', 'subject', 'state', 'issuedAt', 'onLedger'].map((c) => el('th', { scope: 'col' }, t(c))), el('td', {}))), body))));
  return find();
}

function dialogOf(title, ...children) {
  const dialog = el('dialog', { 'aria-labelledby': 'd-title', onclose: () => dialog.remove() }, el('h2', { id: 'd-title' }, title), ...children);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

async function open(id, after) {
  const licence = await api('GET', path(`/licences/${id}`));
  const asked = licence.second_person;
  const two = desk.types.find((type) => type.id === licence.type)?.two_persons?.includes('revoke');
  const reason = el('input', { id: 'reason', type: 'text', maxlength: 200 });
  const trouble = el('div');
  const act = (name, text) => el('button', { type: 'button', id: `act-${name}`, class: name === 'revoke' ? 'danger' : '', onclick: async () => {
    trouble.replaceChildren();
    if (!reason.value.trim()) { trouble.replaceChildren(el('p', { class: 'notice bad', role: 'alert' }, t('reasonNeeded'))); reason.focus(); return; }
    await once(dialog, async () => {
      try {
        await api('POST', path(`/licences/${id}/${name}`), { reason: reason.value.trim() });
        dialog.close();
        after();
      } catch (refusal) { trouble.replaceChildren(problem(refusal)); }
    });
  } }, text ?? t(name));
  const dialog = dialogOf(typeLabel(licence.type),
    el('p', {}, licence.subject ?? '', ' ', stateTag(licence.state)),
    asked ? el('p', { class: 'notice warn', id: 'second-person' }, t('asksToo', { who: asked.asked_by, at: when(asked.asked_at), reason: asked.reason })) : null,
    el('h3', {}, t('history')), el('ul', { class: 'timeline' }, (licence.history ?? []).map((line) => el('li', {},
      el('strong', {}, t(line.act === 'issued' ? 'issuedAct' : line.act)), ' ', el('small', {}, `${when(line.at)} · ${line.actor}`), line.reason ? el('div', {}, line.reason) : null))),
    licence.state === 'revoked' ? null : el('div', { class: 'field' }, el('label', { for: 'reason' }, t('reason')), reason),
    licence.state === 'revoked' ? null : el('p', { class: 'soft' }, t('revokeSure'), two && !asked ? ` ${t('twoPersons')}` : ''), trouble,
    el('div', { class: 'row' },
      licence.state === 'valid' ? act('suspend') : null, licence.state === 'suspended' ? act('resume') : null,
      licence.state === 'revoked' ? null : act('revoke', asked ? t('agree') : null), asked ? act('decline') : null,
      el('button', { type: 'button', onclick: () => dialog.close() }, t('close'))));
}

/** One after another, each an act of its own with its own record; what could not be done is said by name. */
function revokeSeveral(ids, after) {
  const reason = el('input', { id: 'several-reason', type: 'text', maxlength: 200 });
  const bar = el('progress', { max: ids.length, value: 0, 'aria-label': t('revokeSelected'), hidden: true });
  const said = el('p', { role: 'status' });
  const report = el('ul', { class: 'timeline' });
  const start = el('button', { type: 'button', class: 'danger', id: 'several-revoke', onclick: async () => {
    if (!reason.value.trim()) { said.textContent = t('reasonNeeded'); reason.focus(); return; }
    start.disabled = true;
    bar.hidden = false;
    for (const id of ids) {
      try {
        const done = await api('POST', path(`/licences/${id}/revoke`), { reason: reason.value.trim() });
        if (done.second_person) report.append(el('li', {}, `${id} · ${t('asked')}`));
      } catch (refusal) { report.append(el('li', {}, `${id} · ${t('failed')}: ${explain(refusal).sentence}`)); }
      bar.value += 1;
      said.textContent = t('doneOf', { n: bar.value, of: ids.length });
    }
    after();
  } }, t('revokeSelected'));
  const dialog = dialogOf(t('selected', { n: ids.length }), el('p', { class: 'soft' }, t('revokeSure')),
    el('div', { class: 'field' }, el('label', { for: 'several-reason' }, t('reason')), reason), bar, said, report,
    el('div', { class: 'row' }, start, el('button', { type: 'button', onclick: () => dialog.close() }, t('close'))));
}

/** Opens the newest licence and revokes it, as the guided tour does. */
export async function revokeNewest() {
  document.querySelector('#licences tbody tr').click();
  for (let i = 0; i < 200 && !document.querySelector('dialog #reason'); i += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
  document.querySelector('dialog #reason').value = lang() === 'zh' ? '导览演示' : 'guided tour';
  document.querySelector('dialog #act-revoke').click();
  for (let i = 0; i < 200 && document.querySelector('dialog'); i += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
  return { done: !document.querySelector('dialog') };
}
