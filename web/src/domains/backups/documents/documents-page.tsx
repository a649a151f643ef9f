import './documents.css';

import { Button, Code, TextInput } from '@mantine/core';
import { useState } from 'react';

import { listDocuments, type MadeDocument, makeDocument } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { saveJson } from '../../../lib/save-file.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { savePrinted } from '../media/save-printed.ts';
import { DocumentPlans } from './document-plans.tsx';
import { KeptDocuments } from './kept-documents.tsx';
import { MatterFields, matterBody, usualMatter } from './matter-fields.tsx';

/** Reports of a period as files to keep, each with a signature. */
export function DocumentsPage() {
  const { t } = useTexts();
  const [matter, setMatter] = useState(usualMatter);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const make = useRouteMutation(makeDocument, { onSuccess: savePrinted, stales: [listDocuments] });
  const days = { ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) };
  return (
    <>
      <PageHeader title={t('documents.title')} lead={t('documents.lead')} />
      <form
        className="k-documents"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({ body: { ...matterBody(matter), ...days } });
        }}
      >
        <MatterFields matter={matter} onChange={setMatter} />
        <TextInput
          type="date"
          label={t('documents.from')}
          description={t('documents.days-lead')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('documents.to')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button type="submit" loading={make.isPending}>
          {t('documents.make')}
        </Button>
        {make.isError && <ProblemNotice error={make.error} />}
      </form>
      {make.data !== undefined && <Made made={make.data} />}
      <KeptDocuments />
      <DocumentPlans />
    </>
  );
}

function Made({ made }: { readonly made: MadeDocument }) {
  const { t } = useTexts();
  const { name, signature } = made;
  return (
    <section className="k-documents" aria-live="polite">
      <p>{t('documents.made', { name })}</p>
      <p>
        SHA-256 <Code>{signature.sha256}</Code>
      </p>
      <Button variant="default" onClick={() => saveJson(`${name}.sig.json`, signature)}>
        {t('documents.signature')}
      </Button>
    </section>
  );
}
