import { start, t, label, onLanguage, el, when, api, signIn, Refusal } from '/assets/page.js';
import { tabs, problem } from '/assets/parts.js';
import { serve } from '/assets/tour.js';
import { WORDS } from '/words.js';
import { show, desk, tenantBox, setMode, mode } from '/desk.js';
import { ask, open } from '/ask.js';
import { scan } from '/camera.js';
import { verdict } from '/verdict.js';

start(WORDS);

async function past() {
  const { checks } = await api('GET', `/api/checks?tenant=${encodeURIComponent(tenantBox.value)}`);
  show(el('section', { class: 'sheet' }, checks.length ? el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('past') }, el('table', {},
    el('thead', {}, el('tr', {}, ['purpose', 'state', 'at'].map((c) => el('th', { scope: 'col' }, t(c))))),
    el('tbody', {}, checks.map((check) => el('tr', {}, el('td', {}, check.purpose),
      el('td', {}, el('span', { class: `tag ${{ accepted: 'good', refused: 'bad' }[check.status] ?? ''}` }, t(check.status)), check.code ? ` ${check.code}` : ''),
      el('td', {}, when(check.created_at))))))) : el('p', { class: 'empty' }, t('none'))));
}

const TABS = { ask, scan, past };
let tab = 'ask';

const go = tabs(Object.keys(TABS), async (name) => {
  tab = name;
  try { await TABS[name](); } catch (refusal) {
    if (refusal instanceof Refusal && refusal.status === 401) lock(); else show(problem(refusal, () => go(name)));
  }
});

function lock() {
  document.querySelector('#locked').hidden = false;
  document.querySelector('#console').hidden = true;
}

/** The counter shows one thing on the whole screen; the patrol begins with the camera. */
async function enter(name) {
  setMode(name);
  document.querySelector('#leave').hidden = !name;
  if (name === 'counter') await document.documentElement.requestFullscreen?.().catch(() => { /* shown in the window, then */ });
  if (!name && document.fullscreenElement) await document.exitFullscreen();
  go(name === 'patrol' ? 'scan' : 'ask');
}

for (const name of ['counter', 'patrol']) document.querySelector(`#${name}`).addEventListener('click', () => enter(name));
document.querySelector('#leave').addEventListener('click', () => enter(''));
document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement && mode() === 'counter') enter(''); });
tenantBox.addEventListener('change', () => go(tab));

if (await signIn()) {
  document.querySelector('#sign-out').hidden = false;
  const [{ tenants }, { presets }, { types: labels }] = await Promise.all([api('GET', '/api/tenants'), api('GET', '/api/presets'), api('GET', '/api/labels')]);
  Object.assign(desk, { presets, labels });
  const query = new URLSearchParams(location.search);
  onLanguage(() => {
    const selected = tenantBox.value || query.get('tenant') || 'bank';
    tenantBox.replaceChildren(...tenants.map((tenant) => el('option', { value: tenant.name, selected: tenant.name === selected }, label(tenant.label))));
  });
  // Only now: who clicks at once must have somebody to ask for.
  document.querySelector('#console').hidden = false;
  serve({
    ask: async ({ preset }) => ({ link: (await open(presets.find((each) => each.id === preset)))?.link }),
    verdict: () => ({ status: document.querySelector('#verdict')?.dataset.status ?? null }),
  });
  // Back from a wallet on the same device: the verdict of that check.
  const returned = location.pathname.match(/^\/checks\/([\w-]+)$/);
  const away = () => { location.href = '/'; };
  if (returned) await api('GET', `/api/checks/${returned[1]}`).then((check) => verdict(check, '', away), (refusal) => show(problem(refusal, away)));
  else if (['counter', 'patrol'].includes(query.get('mode'))) enter(query.get('mode'));
  else onLanguage(() => go(tab));
} else {
  lock();
}
