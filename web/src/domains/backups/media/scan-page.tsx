import './media.css';

import { Button, Group, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { LabelCamera } from './label-camera.tsx';
import { hasCamera, labelIn } from './label-code.ts';
import { MediaLinks } from './media-links.tsx';

/** Finds a medium by its label: read by the camera where the browser can, by a hand scanner, or typed. */
export function ScanPage() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [looking, setLooking] = useState(false);
  function show(code: string): void {
    void navigate({ to: '/backups/media/scan/$label', params: { label: labelIn(code) } });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    show(typed);
  }
  return (
    <>
      <PageHeader title={t('media.scan.title')} lead={t('media.scan.lead')} />
      <div className="k-media">
        <MediaLinks />
        <form className="k-card" onSubmit={submit}>
          <TextInput
            label={t('media.label')}
            value={typed}
            required
            autoCapitalize="characters"
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Group mt="sm" gap="xs">
            <Button type="submit">{t('media.scan.show')}</Button>
            {hasCamera() && !looking && (
              <Button variant="default" onClick={() => setLooking(true)}>
                {t('media.scan.camera')}
              </Button>
            )}
          </Group>
          {!hasCamera() && <Notice tone="info" title={t('media.scan.no-camera')} />}
        </form>
        {looking && <LabelCamera onCode={show} onClose={() => setLooking(false)} />}
      </div>
    </>
  );
}
