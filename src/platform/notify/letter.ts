/** What a mail says, before it has a form. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The one thing to do about it. */
  readonly action?: { readonly label: string; readonly url: string } | undefined;
}

/** Where a page of this installation is reached. @param site Its address, with or without a slash at the end. */
export function addressOf(site: string, path: string): string {
  return `${site.replace(/\/+$/, '')}${path}`;
}

/** The action of a letter that leads to a page; none where the installation has no address. */
export function leadingTo(site: string | undefined, path: string, label: string): Pick<Letter, 'action'> {
  return site === undefined ? {} : { action: { label, url: addressOf(site, path) } };
}
