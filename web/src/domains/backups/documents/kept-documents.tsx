import '../../../ui/stacking-table.css';

import { Button, Group, Table } from '@mantine/core';
import { useState } from 'react';

import { listDocuments, readDocument, removeDocument, type StoredDocument, sendDocument } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { saveJson } from '../../../lib/save-file.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { FormButtons } from '../../../ui/form-buttons.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { savePrinted } from '../media/save-printed.ts';
import { RecipientsInput, recipientsOf } from './recipients-input.tsx';

const pageSize = 20;

/** What was made: to be fetched again, sent, removed. */
export function KeptDocuments() {
  const { t } = useTexts();
  const [before, setBefore] = useState<readonly number[]>([]);
  const cursor = before.at(-1);
  const query = useRouteQuery(listDocuments, {
    query: { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) },
  });
  return (
    <section className="k-card k-documents-card" aria-labelledby="kept-documents">
      <h2 id="kept-documents">{t('documents.kept')}</h2>
      <QueryView query={query}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 ? <EmptyNote title={t('documents.kept-none')} /> : <KeptTable items={items} />}
            <Group gap="xs">
              {cursor !== undefined && (
                <Button size="compact-sm" variant="default" onClick={() => setBefore(before.slice(0, -1))}>
                  {t('documents.newer')}
                </Button>
              )}
              {nextCursor !== undefined && (
                <Button size="compact-sm" variant="default" onClick={() => setBefore([...before, nextCursor])}>
                  {t('documents.older')}
                </Button>
              )}
            </Group>
          </>
        )}
      </QueryView>
    </section>
  );
}

function KeptTable({ items }: { readonly items: readonly StoredDocument[] }) {
  const { t } = useTexts();
  return (
    <Table className="k-stacking">
      <thead>
        <tr>
          {(['file', 'made', 'told', 'actions'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`documents.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <KeptRow key={one.id} document={one} />
        ))}
      </tbody>
    </Table>
  );
}

function KeptRow({ document }: { readonly document: StoredDocument }) {
  const { t } = useTexts();
  const format = useFormat();
  const { name, bytes, madeAt, madeBy, keepUntil, removedAt, deliveries } = document;
  return (
    <tr>
      <td data-label={t('documents.column.file')}>
        <span className="k-mono">{name}</span> ({format.bytes(bytes)})
      </td>
      <td data-label={t('documents.column.made')}>
        <Moment at={madeAt} as="exact" /> · {madeBy}
        <br />
        {removedAt === null
          ? t('documents.kept-until', { day: format.date(keepUntil) })
          : t('documents.removed', { day: format.date(removedAt) })}
      </td>
      <td data-label={t('documents.column.told')}>
        {deliveries.map(({ target, state, attached }, index) => (
          // The same place may have been told more than once.
          <div key={`${target} ${index}`}>
            {target}: {t(`documents.delivery.${state}`)} {attached && t('documents.attached')}
          </div>
        ))}
      </td>
      <td data-label={t('documents.column.actions')}>{removedAt === null && <KeptActions document={document} />}</td>
    </tr>
  );
}

function KeptActions({ document: { id, name, signature } }: { readonly document: StoredDocument }) {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const [isSending, setSending] = useState(false);
  const read = useRouteMutation(readDocument, { onSuccess: savePrinted });
  const remove = useRouteMutation(removeDocument, { stales: [listDocuments] });
  return (
    <>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          loading={read.isPending}
          onClick={() => read.mutate({ params: { id } })}
          aria-label={`${t('documents.get')}: ${name}`}
        >
          {t('documents.get')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => saveJson(`${name}.sig.json`, signature)}
          aria-label={`${t('documents.signature')}: ${name}`}
        >
          {t('documents.signature')}
        </Button>
        {may && !isSending && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => setSending(true)}
            aria-label={`${t('documents.send')}: ${name}`}
          >
            {t('documents.send')}
          </Button>
        )}
        {may && (
          <ConfirmAction
            label={t('documents.remove')}
            name={`${t('documents.remove')}: ${name}`}
            question={t('documents.remove-question', { name })}
            consequence={t('documents.remove-consequence')}
            mutation={remove}
            onConfirm={(done) => remove.mutate({ params: { id } }, { onSuccess: done })}
          />
        )}
      </Group>
      {isSending && <SendForm id={id} onDone={() => setSending(false)} />}
      {read.isError && <ProblemNotice error={read.error} />}
    </>
  );
}

function SendForm({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const { t } = useTexts();
  const [to, setTo] = useState('');
  const send = useRouteMutation(sendDocument, { stales: [listDocuments], onSuccess: onDone });
  return (
    <form
      className="k-documents"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ params: { id }, body: { to: recipientsOf(to) } });
      }}
    >
      <RecipientsInput value={to} onChange={setTo} required />
      <FormButtons label={t('documents.send')} busy={send.isPending} onCancel={onDone} size="compact-sm" />
      {send.isError && <ProblemNotice error={send.error} />}
    </form>
  );
}
