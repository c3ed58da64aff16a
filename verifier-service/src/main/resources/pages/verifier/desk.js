// What the parts of the page share: where they are shown, who asks, what things are called, and the mode.

export const view = document.querySelector('#view');
export const tenantBox = document.querySelector('#tenant');
export const desk = { presets: [], labels: {} };

let stop = () => {};

/** Shows something else, and ends what was going on. */
export function show(...children) {
  stop();
  stop = () => {};
  view.replaceChildren(...children.flat().filter(Boolean));
}

/** Says how to end what is going on, once something else is shown. */
export const onLeave = (end) => { stop = end; };

/** 'counter', 'patrol' or '' for the desk. */
export const mode = () => document.documentElement.dataset.mode ?? '';

export function setMode(name) {
  if (name) document.documentElement.dataset.mode = name; else delete document.documentElement.dataset.mode;
}
