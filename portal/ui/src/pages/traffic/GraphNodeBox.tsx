import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphNode } from '#portal';
import type { Health } from '../../api/graph';
import { perSecond } from '../../i18n/format';
import { Icon, type IconName } from '../../parts/Icon';
import { kindOf } from './names';

/** What a node's box shows. */
export interface NodeContent extends Record<string, unknown> {
  readonly node: GraphNode;
  readonly name: string;
  readonly rate: number | null;
  readonly health: Health;
  readonly callers: number;
  readonly selected: boolean;
  readonly dimmed: boolean;
  /** Whether Tab leads here: of all nodes, to one. */
  readonly tabStop: boolean;
  readonly onChoose: () => void;
  /** Called when the focus comes here, by whichever way. */
  readonly onReach: () => void;
}

const ICONS: Record<GraphNode['kind'], IconName> = { workload: 'services', outside: 'outside', unknown: 'help', hidden: 'lock' };

/** A node: a button that says who it is and how well what comes to it goes. */
export const GraphNodeBox = memo(function GraphNodeBox({ node, name, rate, health, callers, selected, dimmed, tabStop, onChoose, onReach }: NodeContent) {
  const { t } = useTranslation();
  const called = kindOf(node) === 'called';
  const spoken = [
    name,
    called ? t('node.called') : null,
    node.namespace,
    callers > 0 ? `${t(`edge.${health}`)}, ${t('traffic.spoken', { rate: perSecond(rate), count: callers })}` : t('traffic.spokenNoCaller'),
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <button
      type="button"
      className={`nopan box box-${node.kind} box-${health} ${selected ? 'box-selected' : ''} ${dimmed ? 'box-dimmed' : ''}`}
      tabIndex={tabStop ? 0 : -1}
      data-node={node.id}
      aria-label={spoken}
      aria-pressed={selected}
      title={called ? `${name}: ${t('node.called')}` : name}
      onClick={onChoose}
      onFocus={onReach}
    >
      <Icon name={ICONS[node.kind]} size={15} />
      <span className="box-text">
        <span className="box-name">{name}</span>
        <span className="box-note">
          {rate === null ? (node.namespace ?? '') : perSecond(rate)}
          {node.version || called ? <span className="box-version">{called ? t('node.called') : node.version}</span> : null}
        </span>
      </span>
      {health === 'failing' ? <Icon name="bad" size={14} className="tone-bad" /> : health === 'degraded' ? <Icon name="warn" size={14} className="tone-warn" /> : null}
    </button>
  );
});
