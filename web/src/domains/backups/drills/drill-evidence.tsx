import { Button, FileInput, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { amendDrill, attachEvidence, type DrillDetail, readDrill, readEvidence } from '#backups/contract';

import { base64Of } from '../../../lib/base64-of.ts';
import { useRouteMutation } from '../../../lib/route-query.ts';
import { saveBase64 } from '../../../lib/save-file.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

interface DrillEvidenceProps {
  readonly drill: DrillDetail;
  readonly mayChange: boolean;
}

export function DrillEvidence({ drill, mayChange }: DrillEvidenceProps) {
  const { t } = useTexts();
  const format = useFormat();
  const fetchOne = useRouteMutation(readEvidence, {
    onSuccess: ({ contentBase64, ...file }) => saveBase64(file, contentBase64),
  });
  const { evidence, id } = drill;
  return (
    <section className="k-card" aria-labelledby="evidence">
      <h2 id="evidence">{t('backups.evidence.title')}</h2>
      {evidence.length === 0 && <p>{t('backups.evidence.none')}</p>}
      {fetchOne.isError && <ProblemNotice error={fetchOne.error} />}
      <ul className="k-plain-list k-proof-findings">
        {evidence.map((one) => (
          <li key={one.id}>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => fetchOne.mutate({ params: { id, evidence: one.id } })}
            >
              {one.name}
            </Button>{' '}
            {format.bytes(one.size)} <span className="k-mono">SHA-256 {one.sha256}</span>
          </li>
        ))}
      </ul>
      {mayChange && <AttachForm id={id} />}
      {mayChange && <AmendForm id={id} />}
    </section>
  );
}

function AttachForm({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const [file, setFile] = useState<File | null>(null);
  const attach = useRouteMutation(attachEvidence, { stales: [readDrill], onSuccess: () => setFile(null) });
  async function send(chosen: File): Promise<void> {
    const isTyped = /^[a-z]+\/[a-z0-9.+-]+$/.test(chosen.type);
    const type = isTyped ? { mediaType: chosen.type } : {};
    attach.mutate({ params: { id }, body: { name: chosen.name, contentBase64: await base64Of(chosen), ...type } });
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null) void send(file);
      }}
    >
      <FileInput label={t('backups.evidence.file')} value={file} onChange={setFile} clearable />
      {attach.isError && <ProblemNotice error={attach.error} />}
      <Button
        type="submit"
        size="compact-md"
        mt="xs"
        variant="default"
        loading={attach.isPending}
        disabled={file === null}
      >
        {t('backups.evidence.attach')}
      </Button>
    </form>
  );
}

/** The record stays as it was; the note is signed beside it. */
function AmendForm({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const [note, setNote] = useState('');
  const amend = useRouteMutation(amendDrill, { stales: [readDrill], onSuccess: () => setNote('') });
  function submit(event: FormEvent): void {
    event.preventDefault();
    amend.mutate({ params: { id }, body: { note } });
  }
  return (
    <form onSubmit={submit}>
      <Textarea
        label={t('backups.drill.amend')}
        description={t('backups.drill.amend.hint')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={2000}
      />
      {amend.isError && <ProblemNotice error={amend.error} />}
      <Button
        type="submit"
        size="compact-md"
        mt="xs"
        variant="default"
        loading={amend.isPending}
        disabled={note.trim() === ''}
      >
        {t('backups.drill.amend.submit')}
      </Button>
    </form>
  );
}
