/** A fresh id of a message or a question; `crypto.randomUUID` is not there on pages without TLS. */
export function messageId(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}
