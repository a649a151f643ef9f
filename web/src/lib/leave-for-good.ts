/**
 * Loads another page in place of this one, and leaves nothing behind in the tab for whoever sits down next: neither
 * what lay in memory nor drafts, of which some are written only at the very end.
 */
export function leaveForGood(address: string): void {
  window.addEventListener('pagehide', () => sessionStorage.clear(), { once: true });
  window.location.assign(address);
}
