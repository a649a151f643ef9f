import '../people.css';

import { Button } from '@mantine/core';
import { useState } from 'react';

import { listRoles } from '#platform/identity/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { ReadOnlyNote } from '../read-only-note.tsx';
import { refreshMs } from '../refresh-ms.ts';
import { RoleForm } from './role-form.tsx';
import { RoleItem } from './role-item.tsx';

export function RolesPage() {
  const { t } = useTexts();
  const may = useMay('users:manage');
  const [making, setMaking] = useState(false);
  const query = useRouteQuery(listRoles, {}, { refetchInterval: () => refreshMs });
  return (
    <>
      <PageHeader
        title={t('people.roles')}
        lead={t('people.roles.lead')}
        actions={may && !making && <Button onClick={() => setMaking(true)}>{t('people.roles.new')}</Button>}
      />
      <div className="k-people">
        <ReadOnlyNote />
        {making && (
          <section className="k-card k-people-card" aria-labelledby="people-new-role">
            <h2 id="people-new-role">{t('people.roles.new')}</h2>
            <RoleForm onDone={() => setMaking(false)} />
          </section>
        )}
        <QueryView query={query}>
          {({ items }) => items.map((role) => <RoleItem key={role.name} role={role} />)}
        </QueryView>
      </div>
    </>
  );
}
