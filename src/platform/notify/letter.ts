/** What a mail says, before it has a form. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The one thing to do about it. */
  readonly action?: { readonly label: string; readonly url: string } | undefined;
}
