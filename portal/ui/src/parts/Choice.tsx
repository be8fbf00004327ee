import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { Icon } from './Icon';

export interface Option {
  readonly id: string;
  readonly name: string;
}

/** One of a few, in a list that opens. */
export function Choice({ label, options, value, onChange, hideLabel, isDisabled }: {
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (id: string) => void;
  hideLabel?: boolean;
  isDisabled?: boolean;
}) {
  return (
    <Select
      className="field choice"
      value={value}
      onChange={(key) => onChange(String(key))}
      isDisabled={isDisabled ?? false}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {hideLabel ? null : <Label>{label}</Label>}
      <Button className="choice-button">
        <SelectValue />
        <Icon name="down" size={14} />
      </Button>
      <Popover className="popover">
        <ListBox className="menu" items={options}>
          {(option) => (
            <ListBoxItem className="menu-item" id={option.id} textValue={option.name}>
              {option.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
