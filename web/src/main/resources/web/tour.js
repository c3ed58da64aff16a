// A page that is shown in the city's guided tour answers the few things that the tour asks of it. Who may show a page in a
// frame is said by the page's own policy (frame-ancestors), so the frame around it is the city's portal or nobody.

/** Answers what the frame around this page asks: verbs by name, each a function of what came with it. */
export function serve(verbs) {
  if (window.parent === window) return;
  window.addEventListener('message', async (event) => {
    const verb = event.source === window.parent && Object.hasOwn(verbs, event.data?.verb) ? verbs[event.data.verb] : null;
    if (!verb) return;
    let answer;
    try { answer = await verb(event.data); } catch (error) { answer = { error: error.message }; }
    event.source.postMessage({ id: event.data.id, answer }, event.origin);
  });
  window.parent.postMessage({ ready: true }, '*');
}

/** Asks a page in a frame of this one to do something; waits for its answer. */
export function request(frame, verb, more = {}) {
  return new Promise((resolve, reject) => {
    const id = crypto.randomUUID?.() ?? String(Math.random());
    const { origin } = new URL(frame.src);
    const timer = setTimeout(() => { window.removeEventListener('message', heard); reject(new Error(`${verb}: no answer`)); }, 60000);
    function heard(event) {
      if (event.source !== frame.contentWindow || event.origin !== origin || event.data?.id !== id) return;
      clearTimeout(timer);
      window.removeEventListener('message', heard);
      if (event.data.answer?.error) reject(new Error(event.data.answer.error)); else resolve(event.data.answer);
    }
    window.addEventListener('message', heard);
    frame.contentWindow.postMessage({ id, verb, ...more }, origin);
  });
}
