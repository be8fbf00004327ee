import { useTranslation } from 'react-i18next';
import { healthOf } from '../../api/graph';
import { milliseconds, percent, perSecond } from '../../i18n/format';
import { Chip } from '../../parts/Chip';
import { Table } from '../../parts/Table';
import { useNames } from './names';
import type { View } from './view';

export const TONES = { ok: 'ok', degraded: 'warn', failing: 'bad', idle: 'quiet' } as const;

/** The graph's twin: the same calls, the same selection, as rows. */
export function EdgeTable({ view, selected, onSelect }: { view: View; selected: string | undefined; onSelect: (id: string) => void }) {
  const { t } = useTranslation();
  const nameOf = useNames(view.nodes);
  const rows = view.edges.filter((edge) => !view.found || view.found.has(edge.source) || view.found.has(edge.target));
  return (
    <Table main>
      <thead>
        <tr>
          <th scope="col">{t('column.from')}</th>
          <th scope="col">{t('column.to')}</th>
          <th scope="col">{t('column.state')}</th>
          <th scope="col">{t('column.protocol')}</th>
          <th scope="col" className="number">{t('column.requests')}</th>
          <th scope="col" className="number">{t('column.errors')}</th>
          <th scope="col" className="number">{t('column.p50')}</th>
          <th scope="col" className="number">{t('column.p95')}</th>
          <th scope="col" className="number">{t('column.p99')}</th>
          <th scope="col">{t('column.mtls')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((edge) => (
          <tr key={edge.id} className={edge.id === selected ? 'row-selected' : ''}>
            <th scope="row">
              <button type="button" className="link" onClick={() => onSelect(edge.id)} aria-pressed={edge.id === selected}>
                {nameOf(edge.source)}
              </button>
            </th>
            <td>{nameOf(edge.target)}</td>
            <td>
              <Chip tone={TONES[healthOf(edge)]}>{t(`edge.${healthOf(edge)}`)}</Chip>
            </td>
            <td>{edge.protocol}</td>
            <td className="number">{perSecond(edge.requestsPerSecond)}</td>
            <td className={`number ${edge.errorRate >= 0.01 ? 'tone-bad' : ''}`}>{percent(edge.errorRate)}</td>
            <td className="number">{milliseconds(edge.p50)}</td>
            <td className="number">{milliseconds(edge.p95)}</td>
            <td className="number">{milliseconds(edge.p99)}</td>
            <td>{t(`mtls.${edge.mtls}`)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
