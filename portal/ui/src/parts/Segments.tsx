import { Label, Radio, RadioGroup } from 'react-aria-components';
import { Icon, type IconName } from './Icon';

/** One of two to five, all in sight. */
export function Segments<T extends string>({ label, options, value, onChange, hideLabel }: {
  label: string;
  options: readonly { readonly id: T; readonly name: string; readonly icon?: IconName }[];
  value: T;
  onChange: (id: T) => void;
  hideLabel?: boolean;
}) {
  return (
    <RadioGroup
      className="segments"
      orientation="horizontal"
      value={value}
      onChange={(id) => onChange(id as T)}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {hideLabel ? null : <Label>{label}</Label>}
      <div className="segments-bar">
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className="segment">
            {option.icon ? <Icon name={option.icon} size={15} /> : null}
            {option.name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
