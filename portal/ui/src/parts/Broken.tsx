import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
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
  useEffect(() => {
    document.title = `${t('states.notFoundTitle')} · Lateen`;
  }, [t]);
  return (
    <main className="page">
      <h1 className="not-found">{t('states.notFoundTitle')}</h1>
      <Empty>
        <p>{t('states.notFoundText')}</p>
        <Link to="/" className="button">
          {t('nav.overview')}
        </Link>
      </Empty>
    </main>
  );
}
