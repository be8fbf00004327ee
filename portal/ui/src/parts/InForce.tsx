import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { convergenceQuery } from '../api/mesh';
import { milliseconds } from '../i18n/format';
import { Icon } from './Icon';
import { ErrorState } from './States';

/** How far a write has come: on how many sidecars it is in force, which lag and why. */
export function InForce({ revision }: { revision: number }) {
  const { t } = useTranslation();
  const query = useQuery(convergenceQuery(revision));
  if (query.isError && !query.data) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />;
  const total = query.data?.sidecars.total ?? 0;
  const inForce = query.data?.sidecars.inForce ?? 0;
  const done = query.data?.inForce ?? false;
  const took = query.data?.inForceAfterMillis;
  return (
    <div className={done ? 'inforce inforce-done' : 'inforce'} role="status" data-testid="in-force">
      <p>
        <Icon name={done ? 'check' : 'history'} />{' '}
        <strong>{query.data ? t('inForce.count', { inForce, total }) : t('inForce.asking')}</strong>
        {done && took !== undefined ? <span className="muted"> · {milliseconds(took)}</span> : null}
        <span className="muted"> · {t('inForce.revision', { revision })}</span>
      </p>
      <div className="bar" aria-hidden="true">
        <span className="bar-fill" style={{ width: `${total === 0 ? (done ? 100 : 0) : (100 * inForce) / total}%` }} />
      </div>
      {query.data && query.data.sidecars.lagging.length > 0 ? (
        <ul className="plain small">
          {query.data.sidecars.lagging.slice(0, 5).map((lag) => (
            <li key={lag.node}>
              <code>{lag.node}</code> – {lag.reason}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
