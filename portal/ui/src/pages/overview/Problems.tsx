import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { clock, percent, perSecond, relative } from '../../i18n/format';
import { Icon } from '../../parts/Icon';
import type { Problem } from './problems';

/** What is wrong, each with where to look. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul className="problems">
      {problems.map((problem) => (
        <li key={problem.id} className="problem">
          <Icon name={problem.tone} size={17} className={`tone-${problem.tone}`} />
          <div>
            <OneProblem problem={problem} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function OneProblem({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  switch (problem.what) {
    case 'away':
      return (
        <>
          <strong>{t('problem.away', { source: problem.source })}</strong>
          <p className="small">
            {problem.since ? t('problem.awayText', { time: clock(problem.since) }) : t('problem.awayAlways')}
            {problem.message ? ` · ${problem.message}` : ''}
          </p>
        </>
      );
    case 'refused':
      return (
        <>
          <strong>{t('problem.refused', { name: problem.name })}</strong>
          <p className="small mono-wrap">{problem.message}</p>
        </>
      );
    case 'unhealthy':
      return (
        <>
          <strong>{t('problem.unhealthy', { name: problem.name })}</strong>
          {problem.message ? <p className="small">{problem.message}</p> : null}
        </>
      );
    case 'lagging':
      return (
        <>
          <strong>{t('problem.lagging', { name: problem.name })}</strong>
          <p className="small">{t('problem.laggingText', { has: problem.has, newest: problem.newest })}</p>
        </>
      );
    case 'errors':
      return (
        <>
          <Link to="/traffic" search={{ find: problem.service.split('.')[0] ?? problem.service }}>
            <strong>{t('problem.errors', { service: problem.service })}</strong>
          </Link>
          <p className="small">{t('problem.errorsText', { rate: percent(problem.errorRate), requests: perSecond(problem.requestsPerSecond) })}</p>
        </>
      );
    case 'expiring':
      return (
        <>
          <strong>{t('problem.expiring', { identity: problem.identity.replace(/^spiffe:\/\/[^/]+\//, '') })}</strong>
          <p className="small">{t('problem.expiringText', { when: relative(problem.endsAt) })}</p>
        </>
      );
    case 'unserved':
      return (
        <>
          <strong>{t('problem.unserved', { service: problem.service })}</strong>
          <p className="small">{t('problem.unservedText')}</p>
        </>
      );
    case 'dropped':
      return (
        <>
          <strong>{t('problem.dropped', { count: problem.count })}</strong>
          <p className="small">{t('problem.droppedText')}</p>
        </>
      );
  }
}
