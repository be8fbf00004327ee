import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, ErrorState } from './States';

/** A page that cannot be drawn. */
export function Broken({ error, reset }: { error: unknown; reset?: () => void }) {
  return (
    <div className="page">
      <ErrorState problem={error} onRetry={reset ?? (() => window.location.reload())} />
    </div>
  );
}

/** An address of ours with nothing behind it. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <main className="page">
      <Empty title={t('states.notFoundTitle')}>
        <p>{t('states.notFoundText')}</p>
        <Link to="/" className="button">
          {t('nav.overview')}
        </Link>
      </Empty>
    </main>
  );
}
