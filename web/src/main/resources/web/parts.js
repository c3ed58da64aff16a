// Parts that several pages are made of. Words of their own in both languages; no page's business.

import { lang, label, el, Refusal } from '/assets/page.js';

const say = (zh, en) => (lang() === 'zh' ? zh : en);

/** What people are told for a code that says nothing of the business: [sentence, next step], each {zh, en}. */
const KNOWN = {
  unreachable: [{ zh: '暂时连不上服务。', en: 'The service cannot be reached.' }, { zh: '请检查网络后重试；没有任何内容被更改。', en: 'Check the network and try again; nothing was changed.' }],
  invalid_token: [{ zh: '登录已结束。', en: 'You are signed out.' }, { zh: '请使用终端打印的新链接登录。', en: 'Sign in with a new link from the terminal.' }],
  insufficient_scope: [{ zh: '您的岗位不能做这件事。', en: 'Your role may not do this.' }, { zh: '请由有权限的同事办理。', en: 'Ask a colleague whose role it is.' }],
  not_found: [{ zh: '没有找到。', en: 'There is no such thing here.' }, { zh: '请返回列表重新选择。', en: 'Go back to the list and choose again.' }],
  second_person_needed: [{ zh: '须由另一位同事同意。', en: 'Another colleague has to agree.' }, { zh: '您是提出的人；请同事在其自己的登录下办理。', en: 'You are the one who asked; let a colleague do it, signed in as themselves.' }],
  wrong_state: [{ zh: '证照目前的状态不允许这样办理。', en: 'The licence’s state does not allow it.' }, { zh: '请刷新列表，查看它现在的状态。', en: 'Load the list again and see its state.' }],
  not_accredited: [{ zh: '账本上没有这家机关签发此种证照的授权。', en: 'The ledger has no accreditation of this office for the type.' }, { zh: '请联系主管机关办理授权。', en: 'Ask the authority to accredit it.' }],
  server_error: [{ zh: '我们这边出了问题。', en: 'Something went wrong on our side.' }, { zh: '请稍后重试；再次出现时请告知下面的编号。', en: 'Try again soon; if it happens again, quote the number below.' }],
};

/** An error for people: stable code, sentence, next step, trace id. */
export function explain(error) {
  if (!(error instanceof Refusal)) return { code: 'page_error', sentence: error.message, next: say('请刷新页面。', 'Reload the page.'), trace: null };
  const told = error.body.refusal ?? error.body;
  const code = told.code ?? error.body.error ?? `http_${error.status}`;
  const known = KNOWN[code] ?? [];
  return {
    code,
    sentence: label(told.sentence) || label(known[0]) || error.message,
    next: label(told.next_step) || label(known[1]) || say('请按提示更正后重试。', 'Correct what is named and try again.'),
    trace: error.trace,
  };
}

/** The panel that shows an error. */
export function problem(error, again) {
  const { code, sentence, next, trace } = explain(error);
  return el('div', { class: 'notice bad', role: 'alert', 'data-code': code },
    el('p', {}, el('strong', {}, sentence)), el('p', {}, next),
    el('p', { class: 'codes' }, el('span', { class: 'mono' }, code), trace ? [` · ${say('编号', 'trace')} `, el('span', { class: 'mono' }, trace)] : ''),
    again ? el('p', {}, el('button', { type: 'button', onclick: again }, say('重试', 'Try again'))) : null);
}

/** Makes the tabs of a tablist work by mouse and by arrow keys (WAI-ARIA APG, tabs); returns the function that selects one. */
export function tabs(names, onSelect) {
  const buttons = names.map((name) => document.querySelector(`#tab-${name}`));
  const panel = document.querySelector('#view');
  const select = (name) => {
    for (const button of buttons) {
      const mine = button.id === `tab-${name}`;
      button.setAttribute('aria-selected', String(mine));
      button.tabIndex = mine ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `tab-${name}`);
    return onSelect(name);
  };
  buttons.forEach((button, i) => {
    button.addEventListener('click', () => select(names[i]));
    button.addEventListener('keydown', (event) => {
      const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: names.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = (to + names.length) % names.length;
      buttons[next].focus();
      select(names[next]);
    });
  });
  return select;
}

/** A figure with its name. */
export const tile = (name, figure, tone) => el('div', { class: 'tile', 'data-tone': tone }, el('div', { class: 'soft' }, name), el('div', { class: 'figure' }, String(figure)));

/**
 * Bars by day or by name, as a picture and, for who cannot see it, as a table.
 *
 * @param title what the chart shows
 * @param series names of the bars of a group
 * @param rows {name, values: [number…]}, oldest first
 */
export function bars(title, series, rows) {
  // As wide as it is shown, so that its words have the size of words.
  const width = Math.max(220, Math.min(720, window.innerWidth - 90));
  const height = 220;
  const [left, bottom, top] = [36, 26, 12];
  const most = Math.max(1, ...rows.flatMap((row) => row.values));
  const step = (width - left) / Math.max(1, rows.length);
  const bar = Math.min(26, (step * 0.74) / series.length);
  const y = (value) => top + (height - top - bottom) * (1 - value / most);
  const every = Math.ceil(rows.length / (width / 72));
  const picture = el('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': title },
    [0, most].map((value) => [el('line', { class: 'axis', x1: left, x2: width, y1: y(value), y2: y(value) }), el('text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, String(value))]).flat(),
    rows.map((row, i) => [
      ...row.values.map((value, s) => el('rect', { class: `s${s}`, rx: 2, x: left + step * (i + 0.5) + bar * (s - series.length / 2), y: y(value), width: Math.max(1, bar - 1), height: height - bottom - y(value) }, el('title', {}, `${row.name} · ${series[s]} ${value}`))),
      i % every === 0 ? el('text', { x: left + step * (i + 0.5), y: height - 8, 'text-anchor': 'middle' }, row.name) : null,
    ]).flat());
  return el('figure', { style: { margin: '0' } }, picture,
    el('figcaption', { class: 'row' }, series.map((name, s) => el('span', { class: `key s${s}` }, name))),
    el('details', {}, el('summary', {}, say('以表格显示', 'As a table')),
      el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': title }, el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, say('日期', 'Day')), series.map((name) => el('th', { scope: 'col', class: 'number' }, name)))),
        el('tbody', {}, rows.map((row) => el('tr', {}, el('th', { scope: 'row' }, row.name), row.values.map((value) => el('td', { class: 'number' }, String(value))))))))));
}
