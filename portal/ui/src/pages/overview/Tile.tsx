import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Overview } from '#portal';
import { Icon } from '../../parts/Icon';

/** One number, and the way to what is behind it; a part that did not answer says so. */
export function Tile({ query, to, hash, label, value, note, tone }: {
  query: UseQueryResult<Overview>;
  to: '/services' | '/traffic' | '/settings';
  hash?: string;
  label: string;
  value: (data: Overview) => string | number | undefined;
  note: (data: Overview) => string;
  tone?: (data: Overview) => 'ok' | 'warn' | 'bad' | 'quiet';
}) {
  const { t } = useTranslation();
  const shown = query.data ? value(query.data) : undefined;
  const missing = query.isError || (query.data !== undefined && shown === undefined);
  return (
    <Link to={to} {...(hash ? { hash } : {})} className="tile">
      <span className="tile-label">{label}</span>
      <span className="tile-value">{shown ?? (missing ? '–' : <span className="tile-wait" />)}</span>
      {missing ? (
        <span className="tile-note tone-warn">
          <Icon name="warn" size={13} /> {t('states.unreachable')}
        </span>
      ) : (
        <span className={`tile-note ${query.data && tone ? `tone-${tone(query.data)}` : ''}`}>{query.data ? note(query.data) : '\u00a0'}</span>
      )}
    </Link>
  );
}
