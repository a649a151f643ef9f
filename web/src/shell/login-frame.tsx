import './login-page.css';

import type { ReactNode } from 'react';

import { PageHeader } from '../ui/page-header.tsx';
import { Brand } from './brand.tsx';
import { LanguageSwitch } from './language-switch.tsx';

interface LoginFrameProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

export function LoginFrame({ title, lead, children }: LoginFrameProps) {
  return (
    <div className="k-login">
      <div className="k-login-wall k-namako" aria-hidden="true" />
      <main className="k-login-body">
        <div className="k-login-top">
          <Brand />
          <LanguageSwitch />
        </div>
        <PageHeader title={title} lead={lead} />
        {children}
      </main>
    </div>
  );
}
