import { NativeSelect, type NativeSelectProps } from '@mantine/core';

interface NamedChoiceProps<Value extends string> extends Pick<NativeSelectProps, 'size' | 'mb'> {
  readonly label: string;
  readonly value: Value;
  readonly values: readonly Value[];
  readonly nameOf: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}

/** One of few, each under its name in the page's language. */
export function NamedChoice<Value extends string>({ values, nameOf, onChange, ...props }: NamedChoiceProps<Value>) {
  return (
    <NativeSelect
      {...props}
      onChange={(event) => {
        const wanted = values.find((one) => one === event.currentTarget.value);
        if (wanted !== undefined) onChange(wanted);
      }}
      data={values.map((one) => ({ value: one, label: nameOf(one) }))}
    />
  );
}
