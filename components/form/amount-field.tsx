import { capitalAmount } from "@/lib/kernel/capital-amount";
import { formatFen } from "@/lib/kernel/money";
import { AmountEcho, AmountInput } from "./amount-input";
import { Field, type FieldProps } from "./field";

export type AmountFieldProps = Omit<FieldProps, "children" | "aside"> & {
  text: string;
  /** What the form reads in it; null while it reads no amount. */
  fen: bigint | null;
  onText: (text: string) => void;
};

/** An amount as it is typed, and beside it what is understood: in yuan, and in capitals. */
export function AmountField({ text, fen, onText, ...field }: AmountFieldProps) {
  return (
    <Field
      {...field}
      aside={
        <AmountEcho
          echo={fen === null ? null : formatFen(fen)}
          capital={fen === null ? null : capitalAmount(fen)}
        />
      }
    >
      {(control) => (
        <AmountInput {...control} value={text} onChange={(event) => onText(event.target.value)} />
      )}
    </Field>
  );
}
