// A type's form, made from its description: no page knows a type by name.

import { t, lang, label, el } from '/assets/page.js';

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
    default: return el('input', { id, type: 'text', required: field.mandatory, autocomplete: 'off' });
  }
}

let ids = 0;

const PICTURES = ['image/png', 'image/jpeg', 'image/svg+xml'];
/** With the words around it, what the service takes as base64. */
const MOST_PICTURE_OCTETS = 95 * 1024;

/** A picture chosen from a file, and shown. */
function picture(field, here) {
  const id = `f${ids += 1}`;
  let value;
  const shown = el('img', { class: 'portrait', alt: '', hidden: true });
  const problem = el('div', { class: 'problem', id: `${id}-p`, role: 'alert' });
  const write = (url) => { value = url; shown.hidden = !url; if (url) shown.src = url; };
  const box = el('input', { id, type: 'file', accept: PICTURES.join(','), 'aria-describedby': `${id}-p`, onchange: () => {
    const [file] = box.files;
    problem.textContent = '';
    write(undefined);
    if (!file) return;
    if (!PICTURES.includes(file.type) || file.size > MOST_PICTURE_OCTETS) { problem.textContent = t('pictureNot'); box.value = ''; return; }
    const reader = new FileReader();
    reader.onload = () => write(reader.result);
    reader.readAsDataURL(file);
  } });
  const element = el('div', { class: 'field', 'data-path': here.join('.') },
    el('label', { for: id }, label(field.label), field.mandatory ? ' *' : ''), shown, box, problem);
  return { element, read: () => value, write, mark: marker(element, box, problem, here) };
}

/** Shows at a field what the service said of it; answers how much that was. */
const marker = (element, box, problem, here) => (found) => {
  const own = found.filter((p) => p.path === here.join('.'));
  element.toggleAttribute('data-bad', own.length > 0);
  box.setAttribute('aria-invalid', String(own.length > 0));
  problem.textContent = own.map((p) => p.text).join(' ');
  return own.length;
};

/** A field, object or list with `read()` and `write(value)`; `mark(problems)` shows what the service said. */
export function part(field, trail) {
  const here = [...trail, field.name];
  if (field.type === 'object') return group(field, here);
  if (field.type === 'array') return list(field, here);
  if (field.type === 'image') return picture(field, here);
  const id = `f${ids += 1}`;
  const box = input(field, id);
  const problem = el('div', { class: 'problem', id: `${id}-p`, role: 'alert' });
  box.setAttribute('aria-describedby', `${id}-p`);
  const element = el('div', { class: 'field', 'data-path': here.join('.') },
    el('label', { for: id }, label(field.label), field.mandatory ? ' *' : '', field.type === 'money' ? el('small', { class: 'soft' }, lang() === 'zh' ? '（分）' : ' (fen)') : ''), box, problem);
  return {
    element,
    read: () => {
      const value = box.value.trim();
      if (value === '') return undefined;
      if (field.type === 'integer' || field.type === 'money') return Number.parseInt(value, 10);
      if (field.type === 'boolean') return value === 'true';
      return value;
    },
    write: (value) => { box.value = value === undefined || value === null ? '' : String(value); },
    mark: marker(element, box, problem, here),
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
