import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { recentQuery } from '../../api/graph';
import type { Resource } from '../../api/kubernetes';
import type { MeshService } from '../../api/mesh';
import { Choice } from '../../parts/Choice';
import { Icon } from '../../parts/Icon';
import { InForce } from '../../parts/InForce';
import { Card } from '../../parts/Page';
import { Empty } from '../../parts/States';
import { WriteButton } from '../../parts/WriteButton';
import { type Edit, planSplit } from '../../rules/plan';
import { splitRoutes, versionsOf, weightsOf } from '../../rules/routing';
import { apportion, rebalance, shares } from '../../rules/split';
import { ApplySheet } from './ApplySheet';
import { describeMatch } from './describe';
import { SplitBar } from './SplitBar';
import { SplitRow } from './SplitRow';
import { trafficByVersion } from './traffic';
import '../../look/split.css';

/** Weights that are not written yet: which slider was moved last, and how all stood before. */
interface Draft {
  readonly at: number;
  readonly before: readonly number[];
  readonly weights: readonly number[];
}

/** What each version of a service gets, and the levers to change it. */
export function SplitCard({ service, virtualService, destinationRule }: {
  service: MeshService;
  virtualService: Resource | undefined;
  destinationRule: Resource | undefined;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate({ from: '/services/$namespace/$name' });
  const { route: chosen, revision } = useSearch({ from: '/signed-in/services/$namespace/$name' });
  const [draft, setDraft] = useState<Draft | null>(null);
  const [review, setReview] = useState<readonly Edit[] | null>(null);
  const graph = useQuery(recentQuery).data;

  const versions = versionsOf(service);
  const routes = splitRoutes(service, virtualService);
  const route = routes.find(({ at }) => at === chosen) ?? routes.find(({ everyoneElse }) => everyoneElse) ?? routes[0];
  const declared = weightsOf(versions, route?.route, destinationRule);
  const current = declared ?? apportion(versions.map((version) => service.endpoints.filter((each) => each.labels.version === version).length));
  const weights = draft?.weights.length === versions.length ? draft.weights : current;
  const changed = weights.some((weight, at) => weight !== current[at]) || (draft !== null && declared === undefined);
  const traffic = trafficByVersion(service.hostname, graph);
  const measured = shares(versions.map((version) => traffic.get(version)?.requests ?? 0));

  if (versions.length < 2) {
    return (
      <Card title={t('split.title')} icon={<Icon name="split" />}>
        <Empty title={t('split.oneVersion', { count: versions.length })}>
          <p>{t('split.oneVersionText')}</p>
        </Empty>
      </Card>
    );
  }

  const change = (at: number, value: number) => {
    // While one slider moves, the others keep the proportions that they had before it began.
    const before = draft?.at === at ? draft.before : weights;
    setDraft({ at, before, weights: rebalance(before, at, value) });
  };
  const open = () =>
    setReview(planSplit({ service, versions, weights, virtualService, destinationRule, routeAt: route?.at }));

  function applied(written: number) {
    setReview(null);
    setDraft(null);
    void navigate({ search: (before) => ({ ...before, revision: written }), replace: true });
    void client.invalidateQueries({ queryKey: ['config'] });
  }

  return (
    <Card title={t('split.title')} icon={<Icon name="split" />} className="split">
      {routes.length > 1 && route ? (
        <Choice
          label={t('split.route')}
          value={String(route.at)}
          onChange={(id) => {
            setDraft(null);
            void navigate({ search: (before) => ({ ...before, route: Number(id) }), replace: true });
          }}
          options={routes.map((each) => ({ id: String(each.at), name: describeMatch(each, t) }))}
        />
      ) : null}
      {route && routes.length === 1 && !route.everyoneElse ? <p className="card-note">{describeMatch(route, t)}</p> : null}
      {virtualService && routes.length === 0 ? <p className="notice notice-warn">{t('split.elsewhere', { name: virtualService.metadata.name })}</p> : null}
      <div className="split-bars">
        <SplitBar label={t('split.wanted')} versions={versions} weights={weights} />
        <SplitBar label={t('split.measured')} versions={versions} weights={measured} empty={t('split.noTraffic')} />
      </div>
      <div className="split-rows">
        {versions.map((version, at) => (
          <SplitRow
            key={version}
            at={at}
            version={version}
            namespace={service.namespace}
            weight={weights[at] ?? 0}
            measured={measured.some((each) => each > 0) ? (measured[at] ?? 0) : null}
            traffic={traffic.get(version)}
            onChange={(value) => change(at, value)}
          />
        ))}
      </div>
      {declared === undefined && !changed ? <p className="card-note">{t('split.byLoadBalancer')}</p> : null}
      <div className="card-foot">
        {changed ? (
          <Button className="button" onPress={() => setDraft(null)}>
            {t('action.reset')}
          </Button>
        ) : null}
        <WriteButton main namespace={virtualService?.metadata.namespace ?? service.namespace} isDisabled={!changed} onPress={open}>
          {t('split.review')}
        </WriteButton>
      </div>
      {revision ? <InForce revision={revision} /> : null}
      {review ? <ApplySheet edits={review} onClose={() => setReview(null)} onApplied={applied} /> : null}
    </Card>
  );
}
