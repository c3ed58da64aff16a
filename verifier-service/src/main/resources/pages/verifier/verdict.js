// A verdict: what was found, what was shown, what was checked.

import { t, label, el, when, lang } from '/assets/page.js';
import { explain } from '/assets/parts.js';
import { show, desk, mode, onLeave } from '/desk.js';

const COUNTER_SECONDS = 20;
const SIGNS = { passed: '✓', failed: '✕', warned: '!', not_checked: '–' };

function valueOf(value) {
  if (typeof value === 'string' && value.startsWith('data:image/')) return el('img', { class: 'portrait', src: value, alt: '' });
  if (value === true) return t('yes');
  if (value === false) return t('no');
  if (Array.isArray(value)) return value.map((each) => (each && typeof each === 'object' ? Object.values(each).join(' ') : String(each))).join('、');
  if (value && typeof value === 'object') return Object.values(value).map((v) => (v && typeof v === 'object' ? JSON.stringify(v) : String(v))).join(' ');
  return String(value ?? '');
}

/** Each claim by the name that people call it; an object's members by theirs. */
function walk(value, type, rows) {
  for (const [name, inner] of Object.entries(value)) {
    if (inner && typeof inner === 'object' && !Array.isArray(inner)) walk(inner, type, rows);
    else rows.push(el('dt', {}, label(desk.labels[type]?.claims?.[name]) || name), el('dd', {}, valueOf(inner)));
  }
  return rows;
}

const factsOf = (shown, type) => (Array.isArray(shown) ? shown : [shown]).map((each) => el('dl', { class: 'facts' }, walk(each, type, [])));

function claimsOf(claims, presentations) {
  return Object.entries(claims).flatMap(([query, shown]) => factsOf(shown, presentations.find((p) => p.query === query)?.type ?? presentations[0]?.type));
}

const checksOf = (p) => el('ul', { class: 'checks' }, (p.checks ?? []).map((check) => el('li', {},
  el('span', { class: `mark ${check.outcome}`, 'aria-hidden': 'true' }, SIGNS[check.outcome]),
  el('span', {}, label(check.name), check.outcome === 'passed' ? el('span', { class: 'said' }, ` ${t('passed')}`) : el('small', { class: 'soft' }, ` · ${t(check.outcome)}`)))));

/** How good a verdict is: good, warn or bad. */
function toneOf(result, presentations) {
  if (result.status !== 'accepted') return 'bad';
  return presentations.some((p) => p.warnings || (p.checks ?? []).some((c) => c.outcome === 'warned')) ? 'warn' : 'good';
}

/** Shows a settled check; `again` begins the next one. */
export function verdict(result, title, again) {
  const presentations = result.report?.presentations ?? [];
  const refused = presentations.find((p) => p.outcome === 'refused') ?? (result.report?.code ? result.report : null);
  // That the holder said no is its own heading; any other error is about what was asked.
  const walletError = result.report?.wallet_error === 'access_denied' ? null : result.report?.wallet_error;
  const tone = toneOf(result, presentations);
  const sign = { good: '✓', warn: '!', bad: '✕' }[tone];
  const next = el('button', { type: 'button', class: 'main large', id: 'next', onclick: again }, t('next'));
  show(
    el('section', { class: `verdict ${tone}`, id: 'verdict', 'data-status': result.status, role: 'status' },
      el('h2', { class: 'big' }, el('span', { class: 'sign', 'aria-hidden': 'true' }, sign), tone === 'warn' ? t('limited') : t(walletError ? 'unanswerable' : result.status)),
      el('p', {}, title ?? ''),
      refused?.sentence ? el('p', {}, el('strong', {}, label(refused.sentence))) : null,
      refused?.next_step ? el('p', {}, label(refused.next_step)) : null,
      walletError ? el('p', {}, el('strong', {}, t('walletError'))) : null,
      refused?.code || walletError ? el('p', { class: 'mono' }, refused?.code ?? walletError) : null),
    result.check === 'company-file' && result.claims ? companyFile(result.claims, presentations) : el('div', { class: 'two facts-of' },
      result.claims ? el('section', { class: 'sheet', id: 'claims' }, el('h2', {}, t('shown')), claimsOf(result.claims, presentations)) : null,
      presentations.map((p) => el('section', { class: 'sheet' }, el('h2', {}, t('checked')),
        p.issuer ? el('p', {}, t('from', { who: label(p.issuer.name) })) : null, checksOf(p),
        p.known_as_of ? el('p', { class: 'soft' }, t('knownAsOf'), ' ', when(p.known_as_of)) : null))),
    el('div', { class: 'row no-print' }, next,
      result.id ? el('a', { class: 'button', id: 'record', href: `/api/checks/${result.id}/record.pdf?lang=${lang()}`, download: '' }, t('record')) : null,
      mode() ? null : el('button', { type: 'button', class: 'quiet', onclick: () => window.print() }, t('print'))));
  if (navigator.vibrate && mode() === 'patrol') navigator.vibrate(tone === 'bad' ? [200, 80, 200] : 80);
  if (mode() === 'counter') countDown(next, again);
  next.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** At a counter nobody's verdict stays for the next one to see. */
function countDown(next, again) {
  let left = COUNTER_SECONDS;
  const timer = setInterval(() => {
    left -= 1;
    next.textContent = t('nextIn', { n: left });
    if (left <= 0) again();
  }, 1000);
  onLeave(() => clearInterval(timer));
}

/** A bank's view of a company: its licence, who acts for it by whose leave, the checks that another bank made. */
function companyFile(claims, presentations) {
  const part = (query, title) => {
    const p = presentations.find((each) => each.query === query);
    return el('section', { class: 'sheet', 'data-part': query }, el('h2', {}, title),
      claims[query] ? [el('p', {}, el('span', { class: 'tag good' }, t('chainFrom', { who: label(p?.issuer?.name) }))), factsOf(claims[query], p?.type), p ? el('details', {}, el('summary', {}, t('checked')), checksOf(p)) : null].flat().filter(Boolean) : el('p', { class: 'soft' }, t('notShown')));
  };
  return el('div', { class: 'two', id: 'claims' }, part('business_licence', t('licencePart')), part('mandate', t('mandatePart')), part('account_file', t('filePart')));
}

/** A check that could not be made, as a verdict. */
export function refusedToAsk(refusal, again, back) {
  const { code, sentence, next, trace } = explain(refusal);
  show(el('section', { class: 'verdict bad', id: 'verdict', 'data-status': 'refused', role: 'alert' },
    el('h2', { class: 'big' }, el('span', { class: 'sign', 'aria-hidden': 'true' }, '✕'), t('refused')),
    el('p', {}, el('strong', {}, sentence)), el('p', {}, next),
    el('p', { class: 'mono' }, code, trace ? ` · ${trace}` : '')),
  el('button', { type: 'button', class: 'main', id: 'next', onclick: again }, back));
}
