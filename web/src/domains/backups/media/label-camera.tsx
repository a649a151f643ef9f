import { Button } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { readCode } from './label-code.ts';

interface LabelCameraProps {
  readonly onCode: (code: string) => void;
  readonly onClose: () => void;
}

/** The picture of the camera, until a code is in it. The pictures stay in this browser. */
export function LabelCamera({ onCode, onClose }: LabelCameraProps) {
  const { t } = useTexts();
  const video = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  // The camera runs on while the page around it is drawn again.
  const found = useEffectEvent(onCode);
  useEffect(() => {
    const over = new AbortController();
    void look(video.current, over.signal)
      .then((code) => {
        if (code !== undefined) found(code);
      })
      .catch(() => {
        if (!over.signal.aborted) setFailed(true);
      });
    return () => over.abort();
  }, []);
  return (
    <section className="k-card" aria-label={t('media.scan.camera')}>
      {failed ? (
        <Notice tone="warn" role="alert" title={t('media.scan.refused')} />
      ) : (
        <video ref={video} className="k-media-camera" muted playsInline aria-label={t('media.scan.camera')} />
      )}
      <Button variant="default" onClick={onClose}>
        {t('media.cancel')}
      </Button>
    </section>
  );
}

async function look(video: HTMLVideoElement | null, signal: AbortSignal): Promise<string | undefined> {
  if (video === null) return undefined;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  try {
    if (signal.aborted) return undefined;
    video.srcObject = stream;
    await video.play();
    return await readCode(video, signal);
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
