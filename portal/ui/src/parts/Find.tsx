import { Button, Input, SearchField } from 'react-aria-components';
import { Icon } from './Icon';
import { useTranslation } from 'react-i18next';

/** Narrows what is shown to what holds these letters. `/` leads here. */
export function Find({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <SearchField className="find" aria-label={label} value={value} onChange={onChange}>
      <Icon name="search" size={15} />
      <Input placeholder={label} />
      <Button className="find-clear" aria-label={t('action.clear')}>
        <Icon name="close" size={13} />
      </Button>
    </SearchField>
  );
}
