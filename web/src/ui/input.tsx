// An input whose type is known only when it is drawn; Preact's types want one known type.
import type {JSX, TargetedEvent, TargetedInputEvent, TargetedKeyboardEvent} from 'preact';

type Props = Omit<JSX.IntrinsicElements['input'] & object, 'type' | 'role' | 'list' | 'onInput' | 'onChange' | 'onKeyDown'> & {
  type: string; role?: string; onInput?: (event: TargetedInputEvent<HTMLInputElement>) => void; onChange?: (event: TargetedEvent<HTMLInputElement>) => void; onKeyDown?: (event: TargetedKeyboardEvent<HTMLInputElement>) => void; [name: `aria-${string}`]: unknown };
export const Input = (props: Props) => <input {...props as object} />;
