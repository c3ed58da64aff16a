// What every page needs: two languages, the theme, calls to the service's own API, sign-in.
// A page says its words once, as {key: [Chinese, English]}, and marks elements with data-t="key".

const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private mode: not kept */ } };

const COMMON = {
  settings: ['语言与外观', 'Language and look'],
  signOut: ['退出', 'Sign out'],
  skip: ['跳到正文', 'Skip to content'],
  theme: ['深色或浅色', 'Dark or light'],
  locked: ['请使用终端打印的一次性链接登录。没有密码，也没有默认账号。', 'Sign in with the one-time link that the terminal printed. There is no password and no default account.'],
  spent: ['这个链接已经用过或已过期，请索取新的一次性链接。没有密码，也没有默认账号。', 'This link was used before, or its hour is over: ask for a new one. There is no password and no default account.'],
  testData: ['演示城市 · 全部为测试数据', 'Demonstration city · all data is test data'],
};

let words = { ...COMMON };
let language = stored('language') ?? (navigator.language?.startsWith('zh') ? 'zh' : 'en');
const listeners = [];

/** The current language: 'zh' or 'en'. */
export const lang = () => language;

/** The words for a key in the current language; {name} is replaced from `values`. */
export function t(key, values = {}) {
  const both = words[key];
  const text = both ? both[language === 'zh' ? 0 : 1] : key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** Picks from {zh, en}, as the services' own labels come. */
export const label = (both) => (both ? both[language] ?? both.zh ?? both.en ?? '' : '');

/** Calls back now and whenever the language changes. */
export function onLanguage(callback) {
  listeners.push(callback);
  callback();
}

function paint() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  const other = document.querySelector('#language');
  if (other) {
    other.textContent = language === 'zh' ? 'English' : '中文';
    other.lang = language === 'zh' ? 'en' : 'zh-CN';
  }
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll('[data-t-label]')) element.setAttribute('aria-label', t(element.dataset.tLabel));
  for (const element of document.querySelectorAll('[data-t-hint]')) element.setAttribute('placeholder', t(element.dataset.tHint));
  if (words.title) document.title = t('title');
  for (const callback of listeners) callback();
}

/** Starts a page with its own words. */
export function start(pageWords) {
  words = { ...COMMON, ...pageWords };
  const wanted = new URLSearchParams(location.search).get('lang');
  if (wanted === 'zh' || wanted === 'en') language = wanted;
  // What a page adds to the header stands before the switches.
  document.querySelector('header.top .switches')?.prepend(...document.querySelectorAll('[data-in-header]'));
  document.querySelector('#language')?.addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh';
    store('language', language);
    paint();
  });
  document.querySelector('#theme')?.addEventListener('click', () => {
    const { dataset } = document.documentElement;
    const dark = dataset.theme ? dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    dataset.theme = dark ? 'light' : 'dark';
    store('theme', dataset.theme);
  });
  document.querySelector('#sign-out')?.addEventListener('click', async () => {
    await fetch('/api/sign-out', { method: 'POST' });
    location.reload();
  });
  paint();
}

/** A refusal as the service told it; status 0 when the service could not be reached. */
export class Refusal extends Error {
  constructor(status, body, trace) {
    super(body?.error_description ?? `HTTP ${status}`);
    this.status = status;
    this.body = body ?? {};
    this.trace = body?.trace_id ?? trace ?? null;
  }
}

/** Calls the service's API with JSON; throws Refusal. */
export async function api(method, path, body, headers = {}) {
  const json = typeof body === 'object' && body !== null && !ArrayBuffer.isView(body);
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: json ? { 'Content-Type': 'application/json', ...headers } : headers,
      body: json ? JSON.stringify(body) : body,
    });
  } catch {
    throw new Refusal(0, { error: 'unreachable' });
  }
  const text = await response.text();
  let answer = null;
  try { answer = text ? JSON.parse(text) : null; } catch { /* not JSON: the status says enough */ }
  if (!response.ok) throw new Refusal(response.status, answer, response.headers.get('Trace-Id'));
  return answer;
}

const running = new WeakSet();

/** Runs an act unless one that the same element began is still running: a second click begins nothing. */
export async function once(element, act) {
  if (running.has(element)) return;
  running.add(element);
  element.setAttribute('aria-busy', 'true');
  try { await act(); } finally {
    running.delete(element);
    element.removeAttribute('aria-busy');
  }
}

/** Uses the one-time link in the address (#link=…), if there is one; true once signed in. */
export async function signIn() {
  const link = new URLSearchParams(location.hash.slice(1)).get('link');
  if (link) {
    history.replaceState(null, '', location.pathname + location.search);
    try { await api('POST', '/api/sign-in', { link }); } catch (refusal) {
      if (refusal.status === 401) { words.locked = COMMON.spent; paint(); }
    }
  }
  try { return await api('GET', '/api/me'); } catch { return null; }
}

/** An element: el('p', {class: 'soft'}, 'text', child…). Text is never parsed as HTML. */
export function el(name, attributes = {}, ...children) {
  const svg = ['svg', 'circle', 'path', 'rect', 'g', 'line', 'text', 'title'].includes(name);
  const element = svg ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'style') for (const [property, v] of Object.entries(value)) element.style.setProperty(property, v);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Date and time as people here write them. */
export function when(instant) {
  if (!instant) return '';
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(instant));
}

/** A day as people here write it: 11-24. */
export const day = (date) => new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { month: 'numeric', day: 'numeric', timeZone: 'UTC' }).format(new Date(date));
