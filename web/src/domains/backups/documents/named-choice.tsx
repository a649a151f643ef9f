import { NativeSelect } from '@mantine/core';

interface NamedChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly values: readonly Value[];
  readonly nameOf: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}

/** One of few, each under its name in the page's language. */
export function NamedChoice<Value extends string>({ label, value, values, nameOf, onChange }: NamedChoiceProps<Value>) {
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => {
        const wanted = values.find((one) => one === event.currentTarget.value);
        if (wanted !== undefined) onChange(wanted);
      }}
      data={values.map((one) => ({ value: one, label: nameOf(one) }))}
    />
  );
}
