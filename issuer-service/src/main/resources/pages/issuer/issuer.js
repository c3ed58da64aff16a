import { start, label, onLanguage, el, api, signIn, Refusal } from '/assets/page.js';
import { tabs, problem } from '/assets/parts.js';
import { serve } from '/assets/tour.js';
import { WORDS } from '/words.js';
import { view, tenantBox, loadTypes } from '/desk.js';
import { issueAgain, forget, offerSample } from '/issue.js';
import { bulk } from '/bulk.js';
import { licences, revokeNewest } from '/licences.js';
import { queue } from '/queue.js';
import { figures } from '/figures.js';

start(WORDS);

const TABS = { issue: issueAgain, bulk: () => bulk(), queue, licences, anchoring: figures };
let tab = 'issue';

const go = tabs(Object.keys(TABS), async (name) => {
  tab = name;
  try { await TABS[name](); } catch (refusal) {
    if (refusal instanceof Refusal && refusal.status === 401) lock(); else view.replaceChildren(problem(refusal, () => go(name)));
  }
});

function lock() {
  document.querySelector('#locked').hidden = false;
  document.querySelector('#console').hidden = true;
}

tenantBox.addEventListener('change', async () => { await loadTypes(); forget(); go(tab); });

if (await signIn()) {
  document.querySelector('#sign-out').hidden = false;
  const { tenants } = await api('GET', '/api/tenants');
  const wanted = new URLSearchParams(location.search).get('tenant');
  onLanguage(() => {
    const selected = tenantBox.value || (wanted ?? tenants.find((x) => x.id === 'traffic-police')?.id ?? tenants[0]?.id);
    tenantBox.replaceChildren(...tenants.map((tenant) => el('option', { value: tenant.id, selected: tenant.id === selected }, label(tenant.name))));
  });
  await loadTypes();
  // Only now: who clicks at once must have an office to ask.
  document.querySelector('#console').hidden = false;
  onLanguage(() => go(tab));
  serve({ offer: async ({ type }) => ({ link: await offerSample(type) }), revoke: async () => { await go('licences'); return revokeNewest(); } });
} else {
  lock();
}
