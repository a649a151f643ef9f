import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { useTexts } from '../lib/use-texts.ts';
import { Icon, type IconName } from '../ui/icon.tsx';

const schemes: readonly (readonly [MantineColorScheme, IconName])[] = [
  ['auto', 'contrast'],
  ['light', 'sun'],
  ['dark', 'moon'],
];

export function SchemeSwitch() {
  const { t } = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const current = schemes.find(([scheme]) => scheme === colorScheme)?.[1] ?? 'contrast';
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('shell.scheme')}>
          <Icon name={current} size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(([scheme, icon]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon name={icon} size={16} />}
            rightSection={scheme === colorScheme ? <Icon name="check" size={14} /> : null}
            aria-current={scheme === colorScheme}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`shell.scheme.${scheme}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
