import { type ReactNode, useId } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useMayWrite } from '../api/session';

/**
 * A button that changes the mesh. Who may not press it sees it all the same, and why: hiding would not
 * protect anything, since the servers decide.
 */
export function WriteButton({ namespace, onPress, isDisabled, isPending, main, danger, children }: {
  namespace?: string;
  onPress: () => void;
  isDisabled?: boolean;
  isPending?: boolean;
  main?: boolean;
  danger?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const may = useMayWrite(namespace);
  const reason = useId();
  return (
    <span className="write">
      {may ? null : (
        <small className="write-reason" id={reason}>
          {namespace ? t('access.needsOperatorIn', { namespace }) : t('access.needsOperator')}
        </small>
      )}
      <Button
        className={`button ${main ? 'button-main' : ''} ${danger ? 'button-danger' : ''}`}
        isDisabled={!may || (isDisabled ?? false)}
        isPending={isPending ?? false}
        onPress={onPress}
        {...(may ? {} : { 'aria-describedby': reason })}
      >
        {children}
      </Button>
    </span>
  );
}
