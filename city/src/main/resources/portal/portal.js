import { start, t, label, onLanguage, el, api } from '/assets/page.js';

start({
  title: ['电子证照城市', 'The e-licence city'],
  name: ['电子证照', 'e-licence'],
  heading: ['一座城市的证照，在市民的手机里', 'A city’s licences on a citizen’s phone'],
  lead: ['发证、出示、查验、吊销；每一次发证都在账本上留有存证，账本上没有个人信息。', 'Issued, shown, checked, revoked; each issue is anchored on a ledger that holds nothing personal.'],
  issuer: ['发证机关', 'Issuing offices'], issuerHint: ['签发、查询、暂停、吊销证照（需登录链接）', 'Issue, find, suspend and revoke licences (by sign-in link)'],
  verifier: ['查验方', 'Verifiers'], verifierHint: ['出示查验二维码，或用摄像头扫描离线二维码', 'Ask by QR code, or scan an offline code with the camera'],
  phone: ['演示手机', 'Demonstration phone'], phoneHint: ['市民与企业的钱包（用终端打印的链接打开）', 'A citizen’s and a company’s wallet (open it by the terminal’s link)'],
  open: ['打开', 'Open'],
  ledger: ['账本', 'Ledger'], transactions: ['交易数', 'Transactions'], reachable: ['状态', 'State'], up: ['正常', 'reachable'], down: ['无法连接', 'not reachable'],
  authority: ['主管机关', 'Authority'], genesis: ['创世文件', 'Genesis file'], anchor: ['信任锚证书', 'Trust anchor certificate'], types: ['证照种类', 'Types of licence'],
  parties: ['已认证的机构', 'Accredited parties'], partyName: ['名称', 'Name'], footer: ['演示城市。人物、企业与号码均为虚构。', 'A demonstration. People, companies and numbers are made up.'],
});

const city = await api('GET', '/api/city');

onLanguage(() => {
  document.querySelector('#doors').replaceChildren(...['issuer', 'verifier', 'phone'].map((name) =>
    el('section', { class: 'sheet' }, el('h2', {}, t(name)), el('p', { class: 'soft' }, t(name + 'Hint')),
      el('a', { class: 'button main', href: city[name] }, t('open')))));
  document.querySelector('#ledger').replaceChildren(
    el('dt', {}, t('reachable')), el('dd', {}, el('span', { class: 'tag ' + (city.ledger.reachable ? 'good' : 'bad') }, t(city.ledger.reachable ? 'up' : 'down'))),
    el('dt', {}, t('transactions')), el('dd', {}, String(city.ledger.transactions ?? '')),
    el('dt', {}, t('types')), el('dd', {}, String(city.types)),
    el('dt', {}, t('authority')), el('dd', { class: 'mono' }, city.ledger.authority),
    el('dt', {}, t('genesis')), el('dd', {}, el('a', { href: '/genesis.txn' }, 'genesis.txn')),
    el('dt', {}, t('anchor')), el('dd', {}, el('a', { href: '/trust-anchor.pem' }, 'trust-anchor.pem')));
  document.querySelector('#parties').replaceChildren(
    el('thead', {}, el('tr', {}, el('th', {}, t('partyName')), el('th', {}, 'DID'))),
    el('tbody', {}, city.parties.map((party) => el('tr', {}, el('td', {}, label(party.name)), el('td', { class: 'mono' }, party.did)))));
});
