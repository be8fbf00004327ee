import type { ReactNode } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon';

/** A dialog over the page: Escape or a click beside it closes it, the focus goes back to where it was. */
export function Sheet({ title, onClose, children, wide, footer }: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
  footer?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(open) => open || onClose()}>
      <Modal className={wide ? 'sheet sheet-wide' : 'sheet'}>
        <Dialog className="sheet-body">
          <header className="sheet-head">
            <Heading slot="title">{title}</Heading>
            <Button className="icon-button" onPress={onClose} aria-label={t('action.close')}>
              <Icon name="close" />
            </Button>
          </header>
          <div className="sheet-content">{children}</div>
          {footer ? <footer className="sheet-foot">{footer}</footer> : null}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
