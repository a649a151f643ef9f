/** What a plan says of one file beside its state and size. */
import type { Translator } from '#platform/i18n';

interface PlannedItem {
  readonly path: string | null;
  /** Why it cannot be fetched, or needs a person's word. */
  readonly reason?: string | undefined;
  /** What the site's own scan says. */
  readonly siteScan?: string | undefined;
  /** Why only mirrors can be asked for it; absent where the site can be. */
  readonly siteFault?: { readonly message: string } | undefined;
}

export function planDetails({ path, reason, siteScan, siteFault }: PlannedItem, text: Translator): string {
  const mirrors = siteFault && text.text('models.mirrors-only', { reason: siteFault.message });
  return [path, siteScan, mirrors, reason].filter((said) => said).join('  ');
}
