import { start, t, onLanguage, el, api } from '/assets/page.js';
import { problem } from '/assets/parts.js';

start({
  title: ['您自己的手机', 'Your own phone'], home: ['返回', 'Back'],
  lead: ['安卓 8 及以上版本；手机与本机连接同一 Wi-Fi。', 'Android 8 or later, in the same Wi-Fi as this machine.'],
  open: ['在手机上打开本页', 'Open this page on the phone'],
  openHint: ['浏览器会提示证书不受信任，请先继续；下一步即安装证书。', 'The browser warns that it does not know the certificate: go on this once; the next step installs it.'],
  here: ['本市只在本机监听，手机无法访问。请用 ./elicence up --tls --host 本机的 Wi-Fi 地址 重新启动，或用数据线（adb reverse）。', 'This city listens for its own machine only. Start it with ./elicence up --tls --host and this machine’s Wi-Fi address, or use a cable (adb reverse).'],
  certificate: ['安装本市证书', 'Install the city’s certificate'], download: ['下载证书', 'Download the certificate'],
  certificateHint: ['设置 → 安全 → 加密与凭据 → 安装证书 → CA 证书，选择刚下载的文件。系统会提醒网络可能受到监控：此证书只应装在演示用的手机上。安装前请核对指纹，它与终端所印的一致：', 'Settings → Security → Encryption & credentials → Install a certificate → CA certificate, then the downloaded file. The phone warns that the network may be monitored: install it on a phone for demonstrations only. The fingerprint must be the one that the terminal printed:'],
  app: ['安装应用', 'Install the app'], appDownload: ['下载应用（APK）', 'Download the app (APK)'],
  appHint: ['打开下载的文件，并允许浏览器安装应用。', 'Open the downloaded file, and allow the browser to install apps.'],
  appNot: ['应用尚未构建：运行 ./elicence apk，然后刷新本页。', 'The app is not built yet: run ./elicence apk, then load this page again.'],
  trust: ['告诉应用该信任谁', 'Tell the app whom to believe'],
  trustHint: ['在应用中扫描此码，或在手机上点按钮，然后点“保存并获取”。', 'Scan this with the app, or tap the button on the phone; then tap Save and fetch.'], trustOpen: ['用应用打开', 'Open in the app'],
  qrPage: ['本页地址的二维码', 'Code with this page’s address'], qrTrust: ['信任名单的二维码', 'Code of the list of accredited parties'],
  footer: ['演示城市。人物、企业与号码均为虚构。', 'A demonstration. People, companies and numbers are made up.'],
});

const step = (title, ...inner) => el('section', { class: 'sheet' }, el('h2', {}, t(title)), ...inner);
const hint = (text) => el('p', { class: 'soft' }, t(text));
const code = (file, name) => el('div', { class: 'qr' }, el('img', { src: `/own-phone/${file}.png`, alt: t(name) }));

function paint(phone) {
  const steps = [phone.fingerprint ? step('open', hint('openHint'), el('p', { class: 'mono' }, phone.address), code('address', 'qrPage')) : step('open', hint('here'))];
  if (phone.fingerprint) {
    steps.push(step('certificate', hint('certificateHint'), el('p', { class: 'mono', id: 'fingerprint' }, phone.fingerprint),
      el('a', { class: 'button', id: 'certificate', href: '/tls-authority.crt' }, t('download'))));
  }
  steps.push(
    phone.apk ? step('app', hint('appHint'), el('a', { class: 'button', id: 'apk', href: '/elicence.apk' }, t('appDownload'))) : step('app', hint('appNot')),
    step('trust', hint('trustHint'), code('trust', 'qrTrust'), el('p', {}, el('a', { class: 'button', id: 'trust', href: phone.trust }, t('trustOpen')))));
  document.querySelector('#steps').replaceChildren(...steps);
}

try {
  const phone = await api('GET', '/api/own-phone');
  onLanguage(() => paint(phone));
} catch (refusal) {
  document.querySelector('#steps').replaceChildren(problem(refusal, () => location.reload()));
}
