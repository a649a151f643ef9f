import { Button, Group, Table } from '@mantine/core';
import { useState } from 'react';

import { type ContainerView, listContainers, removeContainer } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { ContainerForm } from './container-form.tsx';

const columns = ['code', 'job', 'status', 'revision', 'stage'] as const;

/** ISO 19650 metadata of jobs. */
export function Containers() {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const [isAdding, setAdding] = useState(false);
  const query = useRouteQuery(listContainers);
  return (
    <section className="k-card k-documents-card" aria-labelledby="containers">
      <h2 id="containers">{t('evidence.containers')}</h2>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote title={t('evidence.containers-none')} />
          ) : (
            <Table className="k-stacking">
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {t(`evidence.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <ContainerRow key={one.job} container={one} />
                ))}
              </tbody>
            </Table>
          )
        }
      </QueryView>
      {may && !isAdding && (
        <Button variant="default" onClick={() => setAdding(true)}>
          {t('evidence.container-set')}
        </Button>
      )}
      {isAdding && <ContainerForm onDone={() => setAdding(false)} />}
    </section>
  );
}

function ContainerRow({ container }: { readonly container: ContainerView }) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const remove = useRouteMutation(removeContainer, { stales: [listContainers] });
  const { job } = container;
  return (
    <tr>
      {columns.map((column) => (
        <td key={column} data-label={t(`evidence.${column}`)}>
          {container[column]}
          {column === 'code' && may && (
            <Group gap="xs">
              <ConfirmAction
                label={t('evidence.container-remove')}
                name={`${t('evidence.container-remove')}: ${job}`}
                question={t('evidence.container-remove-question', { job })}
                consequence={t('evidence.container-remove-consequence')}
                mutation={remove}
                onConfirm={(done) => remove.mutate({ params: { key: job } }, { onSuccess: done })}
              />
            </Group>
          )}
        </td>
      ))}
    </tr>
  );
}
