/** The storehouse: white plaster, black namako tiles, deep indigo. Contrast of every pair used for text is ≥ 4.5. */
import { type ConvertCSSVariablesInput, createTheme, type MantineColorsTuple } from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#eef2f9',
  '#dae3f1',
  '#b6c6e2',
  '#8fa8d2',
  '#6c8bc3',
  '#4f70b2',
  '#3a5b9f',
  '#274a86',
  '#1f3d72',
  '#152b53',
];

const night: MantineColorsTuple = [
  '#e3e7f0',
  '#c3cad9',
  '#9ea8bd',
  '#66728a',
  '#3a4459',
  '#2b3446',
  '#1e2635',
  '#151b27',
  '#10151f',
  '#0b0f17',
];

const sans =
  'system-ui, -apple-system, "Segoe UI", "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic UI", "Noto Sans JP", "Noto Sans CJK JP", Meiryo, sans-serif';

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 5 },
  colors: { indigo, dark: night },
  black: '#1a202c',
  fontFamily: sans,
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono CJK JP", monospace',
  headings: { fontFamily: sans, fontWeight: '650' },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Decoration: the field beside it has the name.
    ComboboxChevron: { defaultProps: { 'aria-hidden': true } },
    Loader: { defaultProps: { type: 'dots' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});

/** Mantine's own roles, bound to our tokens (tokens.css), which know both schemes. */
const roles = {
  '--mantine-color-body': 'var(--k-page)',
  '--mantine-color-text': 'var(--k-ink)',
  '--mantine-color-dimmed': 'var(--k-dim)',
  '--mantine-color-anchor': 'var(--k-accent)',
  '--mantine-color-placeholder': 'var(--k-dim)',
  '--mantine-color-default': 'var(--k-surface)',
  '--mantine-color-default-hover': 'var(--k-sunken)',
  '--mantine-color-default-border': 'var(--k-line-strong)',
  '--mantine-color-error': 'var(--k-bad)',
};

export function cssVariables(): ConvertCSSVariablesInput {
  return { variables: {}, light: roles, dark: roles };
}
