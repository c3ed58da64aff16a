// One licence, from the form to the code that the applicant scans.

import { t, label, el, when, api, once, Refusal } from '/assets/page.js';
import { problem } from '/assets/parts.js';
import { view, desk, path } from '/desk.js';
import { part } from '/form.js';
import { proposed } from '/queue.js';

/** Shows again what the tab showed: what was typed, or the offer, outlives a look elsewhere and a change of language. */
let again = () => issue();
export const issueAgain = () => again();
/** Another office has other types. */
export const forget = () => { again = () => issue(); };

export function issue(preset, typed) {
  const chosen = desk.types.find((type) => type.id === preset) ?? desk.types[0];
  if (!chosen) { view.replaceChildren(el('p', { class: 'sheet empty' }, t('none'))); return; }
  const typeBox = el('select', { id: 'type', onchange: () => issue(typeBox.value) },
    desk.types.map((type) => el('option', { value: type.id, selected: type === chosen }, label(type.label))));
  const top = el('div', { class: 'sheet' },
    el('div', { class: 'field' }, el('label', { for: 'type' }, t('type')), typeBox),
    el('p', { class: 'soft' }, label(chosen.description)),
    chosen.accredited ? null : el('p', { class: 'notice bad' }, t('notAccredited')));
  const parts = chosen.fields.map((field) => part(field, []));
  const problems = el('div');
  const withCode = el('input', { type: 'checkbox', id: 'with-code' });
  const asDocument = el('input', { type: 'checkbox', id: 'as-document' });
  const read = () => Object.fromEntries(parts.map((p, i) => [chosen.fields[i].name, p.read()]).filter(([, value]) => value !== undefined));
  const write = (claims) => parts.forEach((p, i) => p.write(claims?.[chosen.fields[i].name]));
  if (typed) {
    write(typed.claims);
    withCode.checked = typed.withCode;
    asDocument.checked = typed.asDocument;
  }
  again = () => issue(chosen.id, { claims: read(), withCode: withCode.checked, asDocument: asDocument.checked });
  const send = async () => {
    problems.replaceChildren();
    try {
      const made = await api('POST', path('/offers'), { licences: [{ type: chosen.id, claims: read(), ...(asDocument.checked ? { formats: chosen.formats } : {}) }], tx_code: withCode.checked });
      if (made.proposal) { forget(); view.replaceChildren(proposed()); } else offerMade(chosen, made);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const found = (refusal.body.fields ?? []).map((f) => ({ path: f.path.replace(/\[(\d+)\]/g, '.$1'), text: label(f) }));
      const marked = parts.reduce((sum, p) => sum + p.mark(found), 0);
      problems.replaceChildren(marked ? el('p', { class: 'notice bad', role: 'alert' }, t('problems')) : problem(refusal));
      (form.querySelector('[aria-invalid="true"]') ?? problems).focus?.();
    }
  };
  const form = el('form', { class: 'sheet', novalidate: true, onsubmit: (event) => { event.preventDefault(); once(form, send); } },
  el('div', { class: 'row spread' }, el('h2', {}, label(chosen.label)), el('button', { type: 'button', id: 'sample', onclick: () => write(chosen.sample) }, t('sample'))),
  problems, el('div', { class: 'fields' }, parts.map((p) => p.element)),
  el('label', { class: 'choice', for: 'with-code' }, withCode, t('withCode')),
  chosen.formats.includes('mso_mdoc') ? el('label', { class: 'choice', for: 'as-document' }, asDocument, t('asDocument')) : null,
  el('p', {}), el('button', { type: 'submit', class: 'main', id: 'make-offer' }, t('makeOffer')));
  view.replaceChildren(top, form);
}

/** Shows an offer; of which type is not known where it came of a colleague's proposal: the form then keeps what was typed. */
export function offerMade(type, offer) {
  const picture = new URL(offer.qr);
  if (type) again = () => offerMade(type, offer);
  view.replaceChildren(el('section', { class: 'sheet centre stack', id: 'offer' },
    el('h2', {}, type ? label(type.label) : t('offerReady')), type ? el('p', {}, t('offerReady')) : null,
    el('div', { class: 'qr' }, el('img', { src: picture.pathname, alt: t('offerReady') })),
    offer.tx_code ? el('p', {}, t('txCode'), el('br'), el('span', { class: 'code-digits' }, offer.tx_code)) : null,
    el('p', { class: 'soft' }, t('offerHint', { until: when(offer.expires_at) })),
    (offer.warnings ?? []).length ? el('p', { class: 'notice warn' }, offer.warnings.map(label).join(' ')) : null,
    el('div', { class: 'row middle' },
      el('button', { type: 'button', id: 'copy', 'data-link': offer.link, onclick: async (event) => { await navigator.clipboard.writeText(offer.link); event.target.textContent = t('copied'); } }, t('copy')),
      el('button', { type: 'button', class: 'main', onclick: () => issue(type?.id) }, t('another')))));
}

/** Fills in a type's sample and makes the offer, as the guided tour does; answers with the link. */
export async function offerSample(id) {
  issue(id);
  document.querySelector('#sample').click();
  document.querySelector('#make-offer').click();
  for (let i = 0; i < 200; i += 1) {
    const link = document.querySelector('#copy')?.dataset.link;
    if (link) return link;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error('no offer was made');
}
