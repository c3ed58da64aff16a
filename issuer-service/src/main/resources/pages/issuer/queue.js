// What waits at the office: acts for a second person, and applications for their evidence.

import { t, el, when, api, once } from '/assets/page.js';
import { problem } from '/assets/parts.js';
import { view, path, typeLabel } from '/desk.js';
import { offerMade } from '/issue.js';

const TONES = { good: 'good', refused: 'bad', waiting: 'warn', whole: 'good', closed: '' };
const tag = (state) => el('span', { class: `tag ${TONES[state] ?? ''}` }, t(`q_${state}`));

export async function queue() {
  const [{ proposals }, { applications }] = await Promise.all([api('GET', path('/proposals')), api('GET', path('/applications'))]);
  view.replaceChildren(
    el('section', { class: 'sheet', id: 'proposals' }, el('h2', {}, t('proposals')), proposals.length ? proposals.map(proposal) : el('p', { class: 'empty' }, t('nothingWaits'))),
    el('section', { class: 'sheet', id: 'applications' }, el('h2', {}, t('applications')), applications.length ? applications.map(application) : el('p', { class: 'empty' }, t('nothingWaits'))));
}

/** Does something and shows the offer that came of it, or the queue as it then is. */
const act = (trouble, address) => () => once(view, async () => {
  try {
    const done = await api('POST', path(address), {});
    const [offer] = done?.offers ?? [];
    if (offer) offerMade(null, offer); else await queue();
  } catch (refusal) { trouble.replaceChildren(problem(refusal)); }
});

function proposal(each) {
  const trouble = el('div');
  const ordered = (each.content.licences ?? []).map((licence) => typeLabel(licence.type)).join('、');
  return el('article', { class: 'waiting-one', 'data-proposal': each.proposal },
    el('h3', {}, t(`kind_${each.kind}`), ordered ? ` · ${ordered}` : ''),
    el('p', { class: 'soft' }, t('proposedBy', { who: each.proposed_by, at: when(each.proposed_at) })), trouble,
    el('div', { class: 'row' },
      el('button', { type: 'button', class: 'main', onclick: act(trouble, `/proposals/${each.proposal}/approve`) }, t('approve')),
      el('button', { type: 'button', onclick: act(trouble, `/proposals/${each.proposal}/decline`) }, t('decline'))));
}

function application(each) {
  const trouble = el('div');
  return el('article', { class: 'waiting-one', 'data-application': each.application },
    el('h3', {}, typeLabel(each.type), ' ', tag(each.status)),
    el('p', { class: 'soft' }, t('openedBy', { who: each.opened_by, at: when(each.opened_at) })),
    el('ul', { class: 'checks' }, each.showings.map((showing) => el('li', {},
      tag(showing.outcome), el('span', {}, showing.credentials.join('、')),
      showing.code ? el('span', { class: 'mono' }, showing.code) : null,
      showing.qr_png ? el('details', {}, el('summary', {}, t('showCode')), el('div', { class: 'qr' }, el('img', { src: showing.qr_png, alt: t('showCode') }))) : null))), trouble,
    el('div', { class: 'row' },
      el('button', { type: 'button', class: 'main', disabled: each.status !== 'whole', onclick: act(trouble, `/applications/${each.application}/offer`) }, t('makeOffer')),
      each.status === 'waiting' ? el('button', { type: 'button', onclick: act(trouble, `/applications/${each.application}/requests`) }, t('askEvidence')) : null));
}

/** Said where a clerk's order became a proposal. */
export const proposed = () => el('section', { class: 'sheet', id: 'proposed', role: 'status' }, el('h2', {}, t('proposedTitle')), el('p', {}, t('proposedSaid')));
