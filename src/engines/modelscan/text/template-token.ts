/** One word, text, number or mark of the template language. */
export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'mark';
  readonly value: string;
  readonly offset: number;
}
