import { Container } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';

import { ProblemNotice } from '../ui/problem-notice.tsx';

export function FailedPage({ error }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Container component="main" size="sm" py="xl">
      <ProblemNotice error={error} onRetry={() => void router.invalidate()} />
    </Container>
  );
}
