// The guided tour: plays the main job on the city's own pages, the desk in one frame and the phone in the other.

import { start, t, onLanguage, el, api } from '/assets/page.js';
import { explain } from '/assets/parts.js';
import { request } from '/assets/tour.js';

start({
  title: ['导览：一张驾驶证的一生', 'The tour: one driving licence'],
  footer: ['左右两侧是真实的页面，不是录像。', 'Both sides are the real pages, not a film.'],
  step: ['下一步', 'Next step'], play: ['自动播放', 'Play all'], home: ['返回门户', 'Back to the portal'],
  locked: ['请用终端打印的门户链接打开导览。', 'Open the tour by the portal’s link that the terminal printed.'],
  loading: ['正在打开各方页面…', 'Opening the pages …'], ready: ['准备好了。每按一次“下一步”，城市里就有人做一件事。', 'Ready. With each step somebody in the city does something.'],
  issuer: ['交管局窗口', 'At the traffic police'], verifier: ['保险公司柜台', 'At the insurer’s counter'], phone: ['市民的手机', 'The citizen’s phone'],
  offer: ['窗口签发', 'The clerk issues'], offerSaid: ['窗口填好驾驶证，屏幕上出现领取二维码。', 'The clerk fills in the licence; the screen shows a code.'],
  scan: ['市民扫码', 'The citizen scans'], scanSaid: ['手机读到：谁要发给我什么。', 'The phone reads who offers what.'],
  accept: ['领取', 'Accepts'], acceptSaid: ['证照到了手机里，私钥从未离开手机；存证随后上账本。', 'The licence is on the phone, its key never left it; the anchor follows on the ledger.'],
  ask: ['保险公司请求', 'The insurer asks'], askSaid: ['保险公司只问一件事：能不能驾驶小型汽车。', 'The insurer asks one thing: may this person drive a car.'],
  consent: ['市民看清楚', 'The citizen looks'], consentSaid: ['谁在问、凭什么、看哪几项，一目了然；拒绝和同意一样容易。', 'Who asks, by whose leave, for which claims; no is as easy as yes.'],
  agree: ['同意出示', 'And agrees'], agreeSaid: ['柜台立即看到结论和每一项检查；没有问到的，一概看不到。', 'The counter sees the verdict and each check; what was not asked stays unseen.'],
  revoke: ['吊销', 'Revoked'], revokeSaid: ['交管局吊销了这张驾驶证，并写明理由。', 'The traffic police revokes it, and says why.'],
  again: ['再次出示', 'Shown again'], againSaid: ['几秒之内，所有查验方都会拒绝它。', 'Within seconds every verifier refuses it.'],
  end: ['导览结束。页面还开着，您可以自己试。', 'That was the tour. The pages are still open: try for yourself.'],
});

const frames = {};
const said = document.querySelector('#said');
let at = 0;
let link = '';

/** Brings the clerk's or the insurer's page to the front. */
function front(name) {
  for (const each of ['issuer', 'verifier']) frames[each].hidden = each !== name;
  document.querySelector('#caption').textContent = t(name);
}

async function verdict() {
  for (let i = 0; i < 150; i += 1) {
    const { status } = await request(frames.verifier, 'verdict');
    if (status) return status;
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
  throw new Error('no verdict came');
}

const ask = async () => { front('verifier'); ({ link } = await request(frames.verifier, 'ask', { preset: 'may-drive-car' })); };
const read = () => request(frames.phone, 'read', { link });

/** Shows the revoked licence until the counter knows of it: the news is on the ledger, and verifiers hear of it within seconds. */
async function again() {
  const deadline = Date.now() + 30000;
  let status;
  do {
    await ask();
    await read();
    await request(frames.phone, 'agree').catch(() => { /* the wallet may say it first */ });
    status = await verdict();
  } while (status === 'accepted' && Date.now() < deadline);
}

const STEPS = [
  ['offer', async () => { front('issuer'); ({ link } = await request(frames.issuer, 'offer', { type: 'driving-licence' })); }],
  ['scan', read],
  ['accept', () => request(frames.phone, 'accept')],
  ['ask', ask],
  ['consent', read],
  ['agree', async () => { await request(frames.phone, 'agree'); await verdict(); }],
  ['revoke', async () => { front('issuer'); await request(frames.issuer, 'revoke'); }],
  ['again', again],
];

function paint() {
  document.querySelector('#steps').replaceChildren(...STEPS.map(([name], i) => el('li', { 'data-done': i < at, 'aria-current': i === at ? 'step' : null }, t(name))));
}

async function next() {
  const [name, act] = STEPS[at];
  for (const button of ['#step', '#play']) document.querySelector(button).disabled = true;
  said.className = 'notice';
  said.textContent = t(`${name}Said`);
  try {
    await act();
    at += 1;
    document.querySelector('#stage').dataset.step = name;
  } catch (error) {
    said.className = 'notice bad';
    said.textContent = explain(error).sentence;
    return false;
  } finally {
    paint();
    for (const button of ['#step', '#play']) document.querySelector(button).disabled = at === STEPS.length;
  }
  if (at === STEPS.length) said.textContent += ` ${t('end')}`;
  return true;
}

async function play() {
  while (at < STEPS.length && await next()) await new Promise((resolve) => { setTimeout(resolve, 2200); });
}

/** A page in a frame; ready once it says so itself. */
function frame(name, address, into) {
  const page = el('iframe', { title: t(name), src: address });
  frames[name] = page;
  const ready = new Promise((resolve) => {
    window.addEventListener('message', (event) => { if (event.source === page.contentWindow && event.data?.ready) resolve(); });
  });
  document.querySelector(into).append(page);
  return ready;
}

onLanguage(paint);
const key = new URLSearchParams(location.hash.slice(1)).get('key');
if (key) {
  said.textContent = t('loading');
  try {
    const pages = await api('POST', '/api/tour', {}, { 'X-Phone-Key': key });
    document.querySelector('#stage').hidden = false;
    await Promise.all([frame('issuer', pages.issuer, '#screen'), frame('verifier', pages.verifier, '#screen'), frame('phone', pages.phone, '#handset')]);
    front('issuer');
    said.textContent = t('ready');
    for (const button of ['#step', '#play']) document.querySelector(button).disabled = false;
  } catch (error) {
    said.className = 'notice bad';
    said.textContent = explain(error).sentence;
  }
} else {
  said.className = 'notice bad';
  said.dataset.t = 'locked';
  said.textContent = t('locked');
}
document.querySelector('#step').addEventListener('click', next);
document.querySelector('#play').addEventListener('click', play);
