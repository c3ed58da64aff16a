// The camera: reads the parts of a phone's moving code until one presentation is whole.

import { t, el, api } from '/assets/page.js';
import { show, onLeave, tenantBox } from '/desk.js';
import { verdict, refusedToAsk } from '/verdict.js';

const SIZES = [1, 1.3, 0.85, 1.6];

export async function scan() {
  const video = el('video', { playsinline: true, muted: true, 'aria-label': t('scan') });
  video.muted = true;
  const bar = el('progress', { max: 1, value: 0, 'aria-label': t('scan') });
  const state = el('p', { class: 'soft centre', role: 'status' }, t('cameraHint'));
  const tools = el('div', { class: 'row middle' });
  show(el('section', { class: 'sheet stack camera' }, el('div', { class: 'viewfinder' }, video), bar, state, tools));
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } } });
  } catch (error) {
    show(el('div', { class: 'notice bad', role: 'alert' }, el('p', {}, t('cameraNo', { why: error.message })), el('p', {}, t('cameraNext'))), el('button', { type: 'button', onclick: scan }, t('startCamera')));
    return;
  }
  const { decode } = await import('/assets/scanner.js');
  let live = true;
  onLeave(() => { live = false; stream.getTracks().forEach((track) => track.stop()); });
  video.srcObject = stream;
  await video.play();
  torch(stream.getVideoTracks()[0], tools);
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
      try {
        verdict(asCheck(await api('POST', '/api/offline', { tenant: tenantBox.value, frames: [...set.values()] })), t('scan'), scan);
      } catch (refusal) { refusedToAsk(refusal, scan, t('next')); }
      return;
    }
  }
}

/** A light for the dark, where the camera has one. */
function torch(track, tools) {
  if (!track?.getCapabilities?.().torch) return;
  let on = false;
  tools.append(el('button', { type: 'button', 'aria-pressed': 'false', onclick: async (event) => {
    on = !on;
    await track.applyConstraints({ advanced: [{ torch: on }] });
    event.target.setAttribute('aria-pressed', String(on));
  } }, t('torch')));
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
