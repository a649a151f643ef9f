import './page-header.css';

import { useDocumentTitle } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef } from 'react';

interface PageHeaderProps {
  readonly title: string;
  readonly lead?: string;
  /** Buttons that concern the whole page. */
  readonly actions?: ReactNode;
}

let firstPage = true;

/** The page's heading; takes the focus after navigation, so that screen readers say where one has come to. */
export function PageHeader({ title, lead, actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(`${title} – Kura`);
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, []);
  return (
    <header className="k-page-header">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <p>{lead}</p>}
      </div>
      {actions !== undefined && <div className="k-page-actions">{actions}</div>}
    </header>
  );
}
