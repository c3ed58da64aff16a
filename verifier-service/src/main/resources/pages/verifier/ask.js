// Asking by QR: at a desk one check at a time, at a counter the same one for each who comes.

import { t, label, el, api, once } from '/assets/page.js';
import { show, onLeave, desk, tenantBox, mode } from '/desk.js';
import { verdict, refusedToAsk } from '/verdict.js';

const ENDED = ['accepted', 'refused', 'declined', 'expired'];
const LOOK_EVERY_MILLIS = 400;

export function ask() {
  show(el('section', { class: 'sheet' }, el('h2', {}, t('choose')),
    el('div', { class: 'presets' }, desk.presets.map((preset) => el('button', { type: 'button', 'data-preset': preset.id, onclick: (event) => once(event.currentTarget.parentElement, () => open(preset)) },
      el('span', {}, label(preset.label)), el('small', { class: 'soft' }, label(preset.purpose)))))));
}

/** Opens a check and shows its verdict when it comes; answers with the check as it was opened. */
export async function open(preset) {
  let check;
  try { check = await api('POST', '/api/checks', { tenant: tenantBox.value, check: preset.id }); } catch (refusal) { refusedToAsk(refusal, ask, t('cancel')); return null; }
  const counter = mode() === 'counter';
  const state = el('p', { class: 'waiting', role: 'status' }, t('waiting'));
  show(el('section', { class: 'sheet centre stack', id: 'request' },
    counter ? el('h2', { class: 'welcome' }, t('welcome')) : null,
    el('h2', {}, label(preset.label)), el('p', {}, counter ? t('welcomeHint') : t('scanThis')),
    el('div', { class: 'qr' }, el('img', { src: new URL(check.qr).pathname, alt: t('scanThis') })), state,
    el('div', { class: 'row middle' },
      el('button', { type: 'button', id: 'copy', 'data-link': check.link, onclick: async (event) => { await navigator.clipboard.writeText(check.link); event.target.textContent = t('copied'); } }, t('copy')),
      el('button', { type: 'button', onclick: ask }, t('cancel')))));
  follow(check, preset, state);
  return check;
}

async function follow(check, preset, state) {
  let live = true;
  onLeave(() => { live = false; });
  const again = () => (mode() === 'counter' ? open(preset) : ask());
  while (live) {
    await new Promise((resolve) => { setTimeout(resolve, LOOK_EVERY_MILLIS); });
    if (!live) return;
    let result;
    try { result = await api('GET', `/api/checks/${check.id}`); } catch (refusal) { if (live) refusedToAsk(refusal, again, t('next')); return; }
    if (!live) return;
    if (ENDED.includes(result.status)) {
      // A code that nobody scanned at a counter is no verdict: the next one takes its place.
      if (result.status === 'expired' && mode() === 'counter') open(preset); else verdict(result, label(preset.label), again);
      return;
    }
    if (result.fetched) state.textContent = t('opened');
  }
}
