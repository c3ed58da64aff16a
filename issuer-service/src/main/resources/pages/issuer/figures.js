// The office in numbers: what was issued and revoked by day, and how far the ledger is behind.

import { t, el, when, day, api } from '/assets/page.js';
import { bars, tile } from '/assets/parts.js';
import { view, path } from '/desk.js';

export async function figures() {
  const [state, { days }] = await Promise.all([api('GET', path('/anchoring')), api('GET', path('/days'))]);
  const head = state.log_head;
  const today = days.at(-1);
  view.replaceChildren(
    el('div', { class: 'tiles' },
      tile(t('today'), today.issued), tile(t('todayRevoked'), today.revoked),
      tile(t('ledger'), t(state.ledger_reachable ? 'up' : 'down'), state.ledger_reachable ? 'good' : 'warn'),
      tile(t('queue'), state.waiting, state.waiting ? 'warn' : 'good'),
      tile(t('lag'), t('seconds', { n: state.lag_seconds }), state.lag_seconds > 60 ? 'warn' : 'good')),
    el('section', { class: 'sheet' }, el('h2', {}, t('chart')),
      bars(t('chart'), [t('issuedSeries'), t('revokedSeries')], days.map((each) => ({ name: day(each.day), values: [each.issued, each.revoked] })))),
    el('section', { class: 'sheet' }, el('h2', {}, t('head')),
      state.ledger_reachable ? null : el('p', { class: 'notice warn' }, t('downHint'), ` ${t('tries')} ${state.failed_tries ?? 0}`),
      head ? el('dl', { class: 'facts', id: 'head' },
        el('dt', {}, t('size')), el('dd', {}, String(head.size)), el('dt', {}, t('root')), el('dd', { class: 'mono' }, head.root),
        el('dt', {}, t('transaction')), el('dd', {}, String(head.transaction ?? '')), el('dt', {}, t('at')), el('dd', {}, when(head.anchored_at)))
        : el('p', {}, t('noHead'))));
}
