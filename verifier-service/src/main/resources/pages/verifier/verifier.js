import { start, t, label, onLanguage, el, when, api, signIn, Refusal } from '/assets/page.js';
import { tabs, problem } from '/assets/parts.js';

start({
  title: ['查验台', 'Checking licences'],
  footer: ['只显示所问的内容；到期自动删除。', 'Only what was asked is shown, and deleted in time.'],
  locked: ['请使用终端打印的一次性链接登录。没有密码，也没有默认账号。', 'Sign in with the one-time link that the terminal printed. There is no password and no default account.'],
  office: ['查验机构', 'Who checks'], sections: ['栏目', 'Sections'],
  ask: ['二维码查验', 'Ask by QR'], scan: ['摄像头扫码', 'Scan with camera'], past: ['近期', 'Recent'],
  choose: ['要查验什么？', 'What do you want to check?'],
  scanThis: ['请持证人用钱包扫描', 'Let the holder scan this with a wallet'],
  waiting: ['等待出示…', 'Waiting to be shown …'], opened: ['持证人正在确认…', 'The holder is looking at the request …'],
  cancel: ['取消', 'Cancel'], next: ['下一位', 'Next'], copy: ['复制链接', 'Copy the link'], copied: ['已复制', 'Copied'],
  accepted: ['通过', 'Accepted'], refused: ['不通过', 'Refused'], declined: ['持证人拒绝出示', 'The holder declined'], expired: ['已超时', 'It timed out'], limited: ['通过，但有未查项目', 'Accepted, with limits'],
  shown: ['出示的内容', 'What was shown'], checked: ['查验项目', 'What was checked'], from: ['发证机关', 'Issued by'], knownAsOf: ['信任数据截至', 'Known as of'],
  passed: ['已通过', 'passed'], failed: ['未通过', 'failed'], warned: ['注意', 'note'], not_checked: ['未查', 'not checked'],
  cameraHint: ['将手机上的动态二维码对准取景框。', 'Hold the phone’s moving code in the frame.'],
  cameraNo: ['无法使用摄像头：{why}', 'The camera cannot be used: {why}'],
  startCamera: ['打开摄像头', 'Turn the camera on'], frames: ['已读取 {n}/{of} 帧', '{n} of {of} parts read'],
  yes: ['是', 'yes'], no: ['否', 'no'], none: ['还没有查验记录。', 'Nothing was checked yet.'], purpose: ['目的', 'Purpose'], state: ['结果', 'Outcome'], at: ['时间', 'At'],
  deciding: ['判定中', 'deciding'], returning: ['等待返回', 'returning'],
});

const view = document.querySelector('#view');
const tenantBox = document.querySelector('#tenant');
let tenants = [];
let presets = [];
let labels = {};
let tab = 'ask';
let stop = () => {};

function show(...children) { stop(); stop = () => {}; view.replaceChildren(...children.flat().filter(Boolean)); }

function valueOf(value) {
  if (typeof value === 'string' && value.startsWith('data:image/')) return el('img', { class: 'portrait', src: value, alt: '' });
  if (value === true) return t('yes');
  if (value === false) return t('no');
  if (Array.isArray(value)) return value.map((each) => (each && typeof each === 'object' ? Object.values(each).join(' ') : String(each))).join('、');
  if (value && typeof value === 'object') return Object.values(value).map((v) => (v && typeof v === 'object' ? JSON.stringify(v) : String(v))).join(' ');
  return String(value ?? '');
}

// ---- ask by QR ---------------------------------------------------------------------------------------------------

function ask() {
  show(el('section', { class: 'sheet' }, el('h2', {}, t('choose')),
    el('div', { class: 'presets' }, presets.map((preset) => el('button', { type: 'button', 'data-preset': preset.id, onclick: () => open(preset) },
      el('span', {}, label(preset.label)), el('small', { class: 'soft' }, label(preset.purpose)))))));
}

async function open(preset) {
  let check;
  try { check = await api('POST', '/api/checks', { tenant: tenantBox.value, check: preset.id }); } catch (refusal) { return refusedToAsk(preset, refusal); }
  const state = el('p', { class: 'waiting', role: 'status' }, t('waiting'));
  show(el('section', { class: 'sheet centre', id: 'request' },
    el('h2', {}, label(preset.label)), el('p', {}, t('scanThis')),
    el('div', { class: 'qr' }, el('img', { src: check.qr_png, alt: t('scanThis') })), state,
    el('div', { class: 'row', style: { 'justify-content': 'center' } },
      el('button', { type: 'button', id: 'copy', 'data-link': check.link, onclick: async (event) => { await navigator.clipboard.writeText(check.link); event.target.textContent = t('copied'); } }, t('copy')),
      el('button', { type: 'button', onclick: ask }, t('cancel')))));
  let live = true;
  stop = () => { live = false; };
  while (live) {
    await new Promise((resolve) => { setTimeout(resolve, 400); });
    const result = await api('GET', `/api/checks/${check.id}`);
    if (!live) return undefined;
    if (['accepted', 'refused', 'declined', 'expired'].includes(result.status)) { verdict(result, label(preset.label), ask); return undefined; }
    if (result.fetched) state.textContent = t('opened');
  }
  return undefined;
}

function refusedToAsk(preset, refusal) {
  show(el('section', { class: 'verdict bad', role: 'alert' }, el('div', { class: 'big' }, '✕ ', t('refused')),
    el('p', {}, label(refusal.body?.sentence) || refusal.message), refusal.body?.next_step ? el('p', {}, label(refusal.body.next_step)) : null,
    el('p', { class: 'mono' }, refusal.body?.code ?? refusal.body?.error ?? '')),
  el('p', {}), el('button', { type: 'button', onclick: ask }, t('cancel')));
}

// ---- a verdict ---------------------------------------------------------------------------------------------------

function verdict(result, title, again) {
  const presentations = result.report?.presentations ?? [];
  const refused = presentations.find((p) => p.outcome === 'refused') ?? (result.report?.code ? result.report : null);
  const limited = result.status === 'accepted' && presentations.some((p) => p.warnings || (p.checks ?? []).some((c) => c.outcome === 'warned'));
  const tone = result.status === 'accepted' ? (limited ? 'warn' : 'good') : 'bad';
  const sign = { good: '✓', warn: '!', bad: '✕' }[tone];
  show(
    el('section', { class: `verdict ${tone}`, id: 'verdict', 'data-status': result.status, role: 'status' },
      el('div', { class: 'big' }, el('span', { 'aria-hidden': 'true' }, sign), limited ? t('limited') : t(result.status)),
      el('p', {}, title ?? ''),
      refused?.sentence ? el('p', {}, el('strong', {}, label(refused.sentence))) : null,
      refused?.next_step ? el('p', {}, label(refused.next_step)) : null,
      refused?.code ? el('p', { class: 'mono' }, refused.code) : null),
    el('p', {}),
    el('div', { class: 'two' },
      result.claims ? el('section', { class: 'sheet', id: 'claims' }, el('h2', {}, t('shown')), claimsOf(result.claims, presentations)) : null,
      presentations.map((p) => el('section', { class: 'sheet' }, el('h2', {}, t('checked')),
        p.issuer ? el('p', {}, t('from'), '：', label(p.issuer.name)) : null,
        el('ul', { class: 'checks' }, (p.checks ?? []).map((check) => el('li', {},
          el('span', { class: `mark ${check.outcome}`, title: t(check.outcome) }, { passed: '✓', failed: '✕', warned: '!', not_checked: '–' }[check.outcome]),
          el('span', {}, label(check.name), check.outcome === 'passed' ? null : el('small', { class: 'soft' }, ` · ${t(check.outcome)}`))))),
        p.known_as_of ? el('p', { class: 'soft' }, t('knownAsOf'), ' ', when(p.known_as_of)) : null))),
    el('button', { type: 'button', class: 'main', id: 'next', onclick: again }, t('next')));
  document.querySelector('#next').focus();
}

function claimsOf(claims, presentations) {
  const rows = [];
  for (const [query, shown] of Object.entries(claims)) {
    const type = presentations.find((p) => p.query === query)?.type ?? presentations[0]?.type;
    for (const each of Array.isArray(shown) ? shown : [shown]) walk(each, type, rows);
  }
  return el('dl', { class: 'facts' }, rows);
}

/** Each claim by the name that people call it; an object's members by theirs. */
function walk(value, type, rows) {
  for (const [name, inner] of Object.entries(value)) {
    if (inner && typeof inner === 'object' && !Array.isArray(inner)) walk(inner, type, rows);
    else rows.push(el('dt', {}, label(labels[type]?.claims?.[name]) || name), el('dd', {}, valueOf(inner)));
  }
}

// ---- the camera --------------------------------------------------------------------------------------------------

const SIZES = [1, 1.3, 0.85, 1.6];

async function scan() {
  const video = el('video', { playsinline: true, muted: true, 'aria-label': t('scan') });
  video.muted = true;
  const bar = el('progress', { max: 1, value: 0, 'aria-label': t('scan') });
  const state = el('p', { class: 'soft centre', role: 'status' }, t('cameraHint'));
  show(el('section', { class: 'sheet' }, el('div', { class: 'viewfinder' }, video), el('p', {}), bar, state));
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } } });
  } catch (error) {
    show(el('p', { class: 'notice bad', role: 'alert' }, t('cameraNo', { why: error.message })), el('button', { type: 'button', onclick: scan }, t('startCamera')));
    return;
  }
  const { decode } = await import('/assets/scanner.js');
  let live = true;
  stop = () => { live = false; stream.getTracks().forEach((track) => track.stop()); };
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const sets = new Map();
  let looks = 0;
  while (live) {
    await new Promise((resolve) => { setTimeout(resolve, 60); });
    if (!live || !video.videoWidth) continue;
    // At several sizes in turn: a picture in which a code is not found at one is read at the next.
    const size = SIZES[looks % SIZES.length];
    looks += 1;
    canvas.width = Math.round(video.videoWidth * size);
    canvas.height = Math.round(video.videoHeight * size);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const text = decode(grey(context.getImageData(0, 0, canvas.width, canvas.height)), canvas.width, canvas.height);
    const frame = text ? frameOf(text) : null;
    if (!frame) continue;
    const set = sets.get(frame.set) ?? new Map();
    set.set(frame.place, frame.base64);
    sets.set(frame.set, set);
    bar.value = set.size / frame.count;
    state.textContent = t('frames', { n: set.size, of: frame.count });
    if (set.size === frame.count) {
      const frames = [...set.values()];
      try {
        verdict(asCheck(await api('POST', '/api/offline', { tenant: tenantBox.value, frames })), t('scan'), scan);
      } catch (refusal) {
        show(el('section', { class: 'verdict bad', id: 'verdict', 'data-status': 'refused', role: 'alert' }, el('div', { class: 'big' }, '✕ ', t('refused')), el('p', {}, label(refusal.body?.sentence) || refusal.message)),
          el('p', {}), el('button', { type: 'button', class: 'main', onclick: scan }, t('next')));
      }
      return;
    }
  }
}

/** An offline verdict in the shape of an online one. */
function asCheck(judged) {
  const report = judged.report ?? { outcome: judged.outcome, code: judged.code, sentence: judged.sentence, next_step: judged.next_step };
  return { status: judged.outcome, report: { presentations: [report] }, claims: judged.claims ? { offline: judged.claims } : null };
}

function grey(image) {
  const luma = new Int8Array(image.width * image.height);
  const { data } = image;
  for (let i = 0; i < luma.length; i += 1) luma[i] = (data[i * 4] * 77 + data[i * 4 + 1] * 150 + data[i * 4 + 2] * 29) >> 8;
  return luma;
}

/** A frame of an offline presentation (docs/offline-qr.md): "EL1", set, place and last place, part. */
function frameOf(text) {
  if (!text.startsWith('EL1') || text.length < 9) return null;
  const byte = text.charCodeAt(7);
  return { set: text.slice(3, 7), place: byte >> 4, count: (byte & 15) + 1, base64: btoa(text) };
}

// ---- what was checked --------------------------------------------------------------------------------------------

async function past() {
  const { checks } = await api('GET', `/api/checks?tenant=${encodeURIComponent(tenantBox.value)}`);
  show(el('section', { class: 'sheet' }, checks.length ? el('div', { class: 'scroll' }, el('table', {},
    el('thead', {}, el('tr', {}, ['purpose', 'state', 'at'].map((c) => el('th', { scope: 'col' }, t(c))))),
    el('tbody', {}, checks.map((check) => el('tr', {}, el('td', {}, check.purpose),
      el('td', {}, el('span', { class: `tag ${{ accepted: 'good', refused: 'bad' }[check.status] ?? ''}` }, t(check.status)), check.code ? ` ${check.code}` : ''),
      el('td', {}, when(check.created_at))))))) : el('p', {}, t('none'))));
}

const TABS = { ask, scan, past };

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

tenantBox.addEventListener('change', () => go(tab));

const me = await signIn();
if (!me) {
  lock();
} else {
  document.querySelector('#console').hidden = false;
  document.querySelector('#sign-out').hidden = false;
  [{ tenants }, { presets }, { types: labels }] = await Promise.all([api('GET', '/api/tenants'), api('GET', '/api/presets'), api('GET', '/api/labels')]);
  onLanguage(() => {
    const selected = tenantBox.value || new URLSearchParams(location.search).get('tenant') || 'bank';
    tenantBox.replaceChildren(...tenants.map((tenant) => el('option', { value: tenant.name, selected: tenant.name === selected }, label(tenant.label))));
  });
  // Back from a wallet on the same device: the verdict of that check.
  const returned = location.pathname.match(/^\/checks\/([\w-]+)$/);
  if (returned) verdict(await api('GET', `/api/checks/${returned[1]}`), '', () => { location.href = '/'; });
  else onLanguage(() => go(tab));
}
