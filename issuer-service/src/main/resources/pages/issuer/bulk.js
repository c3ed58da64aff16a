// Many licences from one file: all are made, or none.

import { t, label, el, api } from '/assets/page.js';
import { problem } from '/assets/parts.js';
import { view, desk, path, download, csv } from '/desk.js';

/** The claims that one cell can hold. */
const columns = (fields, before = '') => fields.flatMap((field) => {
  if (field.type === 'object') return columns(field.members ?? [], `${before}${field.name}.`);
  if (field.type === 'array' && field.members?.length) return [];
  return [{ path: `${before}${field.name}`, mandatory: field.mandatory }];
});

const valueAt = (sample, steps) => steps.split('.').reduce((value, step) => value?.[step], sample);

function template(type) {
  const named = columns(type.fields);
  const cells = named.map(({ path: at }) => { const value = valueAt(type.sample, at); return Array.isArray(value) ? value.join(';') : value; });
  download(`${type.id}.csv`, `${csv(named.map((column) => column.path))}\r\n${csv(cells)}\r\n`);
}

export function bulk(preset) {
  const chosen = desk.types.find((type) => type.id === preset) ?? desk.types[0];
  if (!chosen) { view.replaceChildren(el('p', { class: 'sheet empty' }, t('none'))); return; }
  const typeBox = el('select', { id: 'bulk-type', onchange: () => bulk(typeBox.value) },
    desk.types.map((type) => el('option', { value: type.id, selected: type === chosen }, label(type.label))));
  const file = el('input', { type: 'file', id: 'bulk-file', accept: '.csv,text/csv', required: true });
  const withCode = el('input', { type: 'checkbox', id: 'bulk-code' });
  const outcome = el('div', { id: 'bulk-outcome' });
  const send = el('button', { type: 'submit', class: 'main', id: 'bulk-send' }, t('send'));
  view.replaceChildren(
    el('form', { class: 'sheet', onsubmit: async (event) => {
      event.preventDefault();
      if (!file.files.length) { file.focus(); return; }
      send.disabled = true;
      try {
        const octets = new Uint8Array(await file.files[0].arrayBuffer());
        const query = new URLSearchParams({ type: chosen.id, tx_code: String(withCode.checked) });
        const { id } = await api('POST', path(`/bulk?${query}`), octets, { 'Content-Type': 'text/csv' });
        await follow(id, outcome);
      } catch (refusal) { outcome.replaceChildren(problem(refusal)); } finally { send.disabled = false; }
    } },
    el('h2', {}, t('bulk')), el('p', { class: 'soft' }, t('bulkHint')),
    el('div', { class: 'two' },
      el('div', { class: 'field' }, el('label', { for: 'bulk-type' }, t('type')), typeBox),
      el('div', { class: 'field' }, el('label', { for: 'bulk-file' }, t('file')), file)),
    el('label', { class: 'choice', for: 'bulk-code' }, withCode, t('withCode')), el('p', {}),
    el('div', { class: 'row' }, send, el('button', { type: 'button', id: 'template', onclick: () => template(chosen) }, t('template')))),
    outcome);
}

async function follow(id, outcome) {
  const bar = el('progress', { max: 1, value: 0, 'aria-label': t('bulk') });
  const said = el('p', { role: 'status' });
  outcome.replaceChildren(el('div', { class: 'sheet' }, bar, said));
  for (;;) {
    const order = await api('GET', path(`/bulk/${id}`));
    bar.max = order.rows;
    bar.value = order.checked;
    said.textContent = t('checking', { n: order.checked, of: order.rows });
    if (order.state !== 'checking') { ended(order, outcome); return; }
    await new Promise((resolve) => { setTimeout(resolve, 250); });
  }
}

function ended(order, outcome) {
  const lines = order.state === 'offered'
    ? order.offers.map((offer) => [offer.line, offer.link, offer.tx_code ?? ''])
    : order.refused.flatMap((row) => row.fields.map((field) => [row.line, field.path, label(field)]));
  const heads = order.state === 'offered' ? ['line', 'link', 'txCode'] : ['line', 'field', 'what'];
  const said = { offered: ['good', t('bulkOffered', { n: order.rows })], refused: ['bad', t('bulkRefused', { n: order.refused.length })], interrupted: ['bad', t('bulkInterrupted')] }[order.state];
  outcome.replaceChildren(
    el('div', { class: `verdict ${said[0]}`, id: 'bulk-verdict', 'data-state': order.state, role: 'status' }, el('div', { class: 'big' }, said[1])),
    lines.length ? el('div', { class: 'sheet' },
      el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('bulk') }, el('table', {},
        el('thead', {}, el('tr', {}, heads.map((head) => el('th', { scope: 'col' }, t(head))))),
        el('tbody', {}, lines.slice(0, 200).map((cells) => el('tr', {}, cells.map((cell, i) => el('td', { class: i === 1 ? 'mono' : '' }, String(cell)))))))),
      el('p', {}), el('button', { type: 'button', onclick: () => download(`${order.type}-${order.state}.csv`, [csv(heads.map((head) => t(head))), ...lines.map(csv)].join('\r\n')) }, t(order.state === 'offered' ? 'report' : 'reportBad'))) : null);
}
