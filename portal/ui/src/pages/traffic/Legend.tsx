import { useTranslation } from 'react-i18next';
import type { Health } from '../../api/graph';
import { Icon } from '../../parts/Icon';
import { PATTERNS } from './view';

const STATES: readonly Health[] = ['ok', 'degraded', 'failing', 'idle'];

/** What the lines mean. */
export function Legend() {
  const { t } = useTranslation();
  return (
    <ul className="legend" aria-label={t('traffic.legend')}>
      {STATES.map((health) => (
        <li key={health}>
          <svg width="30" height="8" aria-hidden="true" focusable="false">
            <path d="M1 4H29" className={`edge edge-${health}`} strokeWidth="2.200" strokeDasharray={PATTERNS[health].join(' ')} />
          </svg>
          {t(`edge.${health}`)}
        </li>
      ))}
      <li>
        <Icon name="lock" size={13} className="lock-all" /> {t('mtls.all')}
      </li>
      <li>
        <Icon name="unlocked" size={13} className="lock-none" /> {t('mtls.none')}
      </li>
    </ul>
  );
}
