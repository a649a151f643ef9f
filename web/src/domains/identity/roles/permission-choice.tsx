import { Checkbox } from '@mantine/core';

import { type Permission, permissions } from '#platform/contract';

import { useSession } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';

interface PermissionChoiceProps {
  readonly value: readonly Permission[];
  readonly onChange: (permissions: readonly Permission[]) => void;
}

/** Nobody gives what they do not have; the server adds what everybody with an account has. */
export function PermissionChoice({ value, onChange }: PermissionChoiceProps) {
  const { t } = useTexts();
  const own = useSession()?.caller?.permissions ?? [];
  const choosable = permissions.filter((permission) => !permission.startsWith('account:'));
  const allOwn = choosable.every((permission) => own.includes(permission));
  return (
    <Checkbox.Group
      label={t('people.role.permissions')}
      {...(allOwn ? {} : { description: t('people.role.not-yours') })}
      value={[...value]}
      onChange={(chosen) => onChange(permissions.filter((permission) => chosen.includes(permission)))}
    >
      <div className="k-people-checks">
        {choosable.map((permission) => (
          <Checkbox
            key={permission}
            value={permission}
            label={t(`people.permission.${permission}`)}
            disabled={!own.includes(permission)}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
