import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http';
import { clock } from '../i18n/format';
import { Icon } from './Icon';
import { useProblem } from './problem';

/** Nothing to show, and what to do about it. */
export function Empty({ title, children }: { title?: string; children?: ReactNode }) {
  return (
    <div className="state">
      {title ? <p className="state-title">{title}</p> : null}
      {children}
    </div>
  );
}

/** What failed, and how to go on. */
export function ErrorState({ problem, onRetry }: { problem: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const message = useProblem()(problem);
  const id = problem instanceof ApiError ? problem.requestId : null;
  return (
    <div className="state state-bad" role="alert">
      <p className="state-title">
        <Icon name="bad" /> {t('states.failed')}
      </p>
      <p>{message}</p>
      {id ? <p className="tiny">{t('states.requestId', { id })}</p> : null}
      {onRetry ? (
        <Button className="button" onPress={onRetry}>
          {t('action.retry')}
        </Button>
      ) : null}
    </div>
  );
}

/** The shape of what is coming, after a moment. */
export function Skeleton({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 5_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" role="status" aria-label={t('states.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="skeleton-row" />
      ))}
      {late ? <p className="tiny">{t('states.late')}</p> : null}
    </div>
  );
}

/** Says that what is shown is old, and since when. */
export function StaleMark({ query }: { query: Pick<UseQueryResult, 'isError' | 'dataUpdatedAt' | 'data'> }) {
  const { t } = useTranslation();
  if (!query.isError || query.data === undefined) return null;
  return (
    <span className="chip chip-warn" role="status">
      <Icon name="warn" size={13} /> {t('states.stale', { time: clock(query.dataUpdatedAt) })}
    </span>
  );
}

/** What a query has: the data once there is some (and a mark when it is old), else the shape of it, else the fault. */
export function Loaded<T>({ query, rows, children }: {
  query: UseQueryResult<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) {
    return (
      <>
        <StaleMark query={query} />
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton rows={rows ?? 4} />;
}
