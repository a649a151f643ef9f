import { Button } from '@mantine/core';

import { type Certificate, listCertificates, printCertificate } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { saveJson } from '../../../lib/save-file.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { savePrinted } from './save-printed.ts';

export function Certificates({ label }: { readonly label: string }) {
  const { t } = useTexts();
  const query = useRouteQuery(listCertificates, { params: { label } });
  return (
    <section className="k-card" aria-labelledby="medium-certificates">
      <h2 id="medium-certificates">{t('media.certificates')}</h2>
      <QueryView query={query}>
        {({ items }) => (
          <ul className="k-plain-list k-media-list">
            {items.map((certificate) => (
              <CertificateItem key={certificate.id} certificate={certificate} />
            ))}
          </ul>
        )}
      </QueryView>
    </section>
  );
}

function CertificateItem({ certificate }: { readonly certificate: Certificate }) {
  const { t } = useTexts();
  const print = useRouteMutation(printCertificate, { onSuccess: savePrinted });
  const { id, label, kind, at, sha256 } = certificate;
  return (
    <li>
      <strong>{t(`media.certificate.${kind}`)}</strong>
      <Moment at={at} as="exact" />
      <small className="k-mono">{sha256}</small>
      <Button
        size="compact-sm"
        variant="default"
        loading={print.isPending}
        onClick={() => print.mutate({ params: { id } })}
      >
        PDF
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => saveJson(`certificate-${kind}-${label}.json`, certificate)}
      >
        JSON
      </Button>
      {print.isError && <ProblemNotice error={print.error} />}
    </li>
  );
}
