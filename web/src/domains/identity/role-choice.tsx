import { NativeSelect } from '@mantine/core';

import { listRoles, type RoleView } from '#platform/identity/contract';

import { useRouteQuery } from '../../lib/route-query.ts';
import { useSession } from '../../lib/session.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { useRoleName } from './role-name.ts';

interface RoleChoiceProps {
  readonly value: string;
  readonly onChange: (role: string) => void;
}

/** Only roles that allow no more than oneself can be given; the others say why not. */
export function RoleChoice({ value, onChange }: RoleChoiceProps) {
  const { t } = useTexts();
  const roleName = useRoleName();
  const outranks = useOutranks();
  const roles = useRouteQuery(listRoles).data?.items ?? [];
  return (
    <NativeSelect
      label={t('people.role')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={roles.map((role) => {
        const name = roleName(role.name, role.title);
        const disabled = outranks(role);
        return { value: role.name, disabled, label: disabled ? t('people.role.too-wide', { role: name }) : name };
      })}
    />
  );
}

/** Whether a role allows something that the person here may not; the server decides again. */
export function useOutranks(): (role: Pick<RoleView, 'permissions'>) => boolean {
  const own = useSession()?.caller?.permissions ?? [];
  return ({ permissions }) => permissions.some((one) => !own.includes(one));
}
