const reloadedKey = 'kura.reloaded-at';
const patienceMs = 60_000;

/** After an upgrade the parts this page would load next are gone; a reload gets the new ones. Once, not in a circle. */
export function reloadWhenReplaced(): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(reloadedKey)) < patienceMs) return;
    sessionStorage.setItem(reloadedKey, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
