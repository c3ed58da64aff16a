// Before the first paint: the theme that was chosen here, or the one in the address; otherwise the system's own holds.
(() => {
  let theme = new URLSearchParams(location.search).get('theme');
  try { theme ??= localStorage.getItem('theme'); } catch { /* private mode: not kept */ }
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
  if (window.parent !== window) document.documentElement.dataset.framed = '';
})();
