import './empty-note.css';

import type { ReactNode } from 'react';

interface EmptyNoteProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** Says that there is nothing yet, and what would bring something here. */
export function EmptyNote({ title, children }: EmptyNoteProps) {
  return (
    <div className="k-empty">
      <svg viewBox="0 0 64 48" width="64" height="48" aria-hidden="true">
        <path d="M32 4 6 18v5h52v-5z" />
        <path d="M12 26h40v18H12z" />
        <path d="m14 44 18-18 18 18M14 26l18 18 18-18" />
      </svg>
      <p className="k-empty-title">{title}</p>
      {children !== undefined && <div className="k-empty-text">{children}</div>}
    </div>
  );
}
