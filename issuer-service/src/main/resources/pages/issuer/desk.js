// What the tabs of the page share: the office, its types, where a tab is shown.

import { label, api } from '/assets/page.js';

export const view = document.querySelector('#view');
export const tenantBox = document.querySelector('#tenant');
export const desk = { types: [] };

/** An address of the office's own API. */
export const path = (rest) => `/api/${encodeURIComponent(tenantBox.value)}${rest}`;

export const typeLabel = (id) => label(desk.types.find((type) => type.id === id)?.label) || id;

export async function loadTypes() {
  desk.types = (await api('GET', path('/types'))).types;
}

/** Gives a file to the person at the page. */
export function download(name, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** One line of a file (RFC 4180); a spreadsheet never takes a cell for a formula. */
export const csv = (cells) => cells.map((cell) => {
  const text = String(cell ?? '');
  return `"${(/^[=+@-]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}).join(',');
