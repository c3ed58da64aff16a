import { start, t, label, onLanguage, el, api } from '/assets/page.js';
import { tile, problem } from '/assets/parts.js';

start({
  title: ['电子证照城市', 'The e-licence city'],
  heading: ['一座城市的证照，在市民的手机里', 'A city’s licences on a citizen’s phone'],
  lead: ['发证、出示、查验、吊销；每一次发证都在账本上留有存证，账本上没有个人信息。', 'Issued, shown, checked, revoked; each issue is anchored on a ledger that holds nothing personal.'],
  tour: ['三分钟导览', 'The tour, in three minutes'], doors: ['从哪里进入', 'Where to go in'],
  issuer: ['发证机关', 'Issuing offices'], issuerHint: ['签发、批量签发、查询、暂停、吊销证照（需登录链接）', 'Issue one or many, find, suspend and revoke licences (by sign-in link)'],
  verifier: ['查验方', 'Verifiers'], verifierHint: ['出示查验二维码，或用摄像头扫描；柜台与巡查模式（需登录链接）', 'Ask by QR, or scan with the camera; counter and patrol modes (by sign-in link)'],
  phone: ['演示手机', 'Demonstration phone'], phoneHint: ['市民与企业的钱包（用终端打印的链接打开）', 'A citizen’s and a company’s wallet (open it by the terminal’s link)'],
  company: ['企业钱包', 'Company wallet'], companyHint: ['企业的证照与授权，全天在线（需登录链接）', 'A company’s licences and consents, always on (by sign-in link)'],
  own: ['您自己的手机', 'Your own phone'], ownHint: ['安装应用与证书，在同一 Wi-Fi 里领取真正的演示证照', 'Install the app and the certificate, and receive a licence over the same Wi-Fi'],
  open: ['打开', 'Open'],
  types: ['种证照', 'types of licence'], partiesCount: ['家认证机构', 'accredited parties'], transactions: ['笔账本交易', 'ledger transactions'], state: ['账本', 'Ledger'],
  ledger: ['账本', 'Ledger'], up: ['正常', 'reachable'], down: ['无法连接', 'not reachable'],
  authority: ['主管机关', 'Authority'], genesis: ['创世文件', 'Genesis file'], anchor: ['信任锚证书', 'Trust anchor certificate'],
  parties: ['谁能做什么', 'Who can do what'], partiesHint: ['账本上写明每家机构能签发哪些证照、能查验哪些证照。', 'The ledger says which licences each party may issue, and which it may ask for.'],
  issues: ['签发', 'Issues'], asks: ['可查验', 'May ask for'], counts: ['签发 {i} 种 · 查验 {a} 种', 'issues {i} · asks for {a}'], nothing: ['无', 'none'],
  footer: ['演示城市。人物、企业与号码均为虚构。', 'A demonstration. People, companies and numbers are made up.'],
});

// The link from the terminal carries the phone's key; the tour needs it.
const key = new URLSearchParams(location.hash.slice(1)).get('key');
if (key) document.querySelector('#tour').href = `/tour.html#key=${encodeURIComponent(key)}`;

const ICONS = { issuer: '印', verifier: '验', phone: '证', company: '企', own: '机' };

function paint(city) {
  city.own = '/own-phone.html';
  document.querySelector('#glance').replaceChildren(
    tile(t('types'), Object.keys(city.types).length), tile(t('partiesCount'), city.parties.length),
    tile(t('transactions'), city.ledger.transactions ?? '–'),
    tile(t('state'), t(city.ledger.reachable ? 'up' : 'down'), city.ledger.reachable ? 'good' : 'bad'));
  document.querySelector('#doors').replaceChildren(...['issuer', 'verifier', 'phone', 'company', 'own'].filter((name) => city[name]).map((name) =>
    el('section', { class: 'sheet door' }, el('div', { class: 'icon', 'aria-hidden': 'true' }, ICONS[name]), el('h3', {}, t(name)), el('p', { class: 'soft' }, t(name + 'Hint')),
      el('a', { class: 'button', href: city[name], 'aria-label': `${t('open')} · ${t(name)}` }, t('open')))));
  document.querySelector('#ledger').replaceChildren(
    el('dt', {}, t('authority')), el('dd', { class: 'mono' }, city.ledger.authority),
    el('dt', {}, t('genesis')), el('dd', {}, el('a', { href: '/genesis.txn' }, 'genesis.txn')),
    el('dt', {}, t('anchor')), el('dd', {}, el('a', { href: '/trust-anchor.pem' }, 'trust-anchor.pem')));
  const tags = (ids) => (ids.length ? ids.map((id) => el('span', { class: 'tag' }, label(city.types[id]))) : [el('span', { class: 'soft' }, t('nothing'))]);
  document.querySelector('#parties').replaceChildren(...city.parties.map((party) => el('details', {},
    el('summary', {}, label(party.name), el('small', {}, t('counts', { i: party.issues.length, a: party.asks.length }))),
    el('p', {}, el('strong', {}, t('issues')), ' ', tags(party.issues)), el('p', {}, el('strong', {}, t('asks')), ' ', tags(party.asks)),
    el('p', { class: 'mono soft' }, party.did))));
}

try {
  const city = await api('GET', '/api/city');
  onLanguage(() => paint(city));
} catch (refusal) {
  document.querySelector('#glance').replaceChildren(problem(refusal, () => location.reload()));
}
