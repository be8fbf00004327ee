import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '../../api/overview';
import { percent, perSecond } from '../../i18n/format';
import { Icon } from '../../parts/Icon';
import { Card, Page } from '../../parts/Page';
import { Empty, Loaded } from '../../parts/States';
import { Changes } from './Changes';
import { findProblems } from './problems';
import { Problems } from './Problems';
import { Security } from './Security';
import { Tile } from './Tile';
import '../../look/overview.css';

/** Is anything wrong, how much is there, what changed? */
export function OverviewPage() {
  const { t } = useTranslation();
  const query = useQuery(overviewQuery);
  const problems = query.data ? findProblems(query.data) : [];
  // A mesh without a sidecar is neither well nor ill.
  const begun = query.data?.sidecars?.total !== 0;
  const tone = !query.data || (!begun && problems.length === 0) ? 'quiet' : problems.length === 0 ? 'ok' : problems.some((each) => each.tone === 'bad') ? 'bad' : 'warn';
  const sentence = !query.data
    ? t(query.isError ? 'overview.unknown' : 'overview.waiting')
    : !begun && problems.length === 0
      ? t('overview.nothingYet')
      : problems.length === 0
        ? t('overview.allWell', { count: query.data.sidecars?.total ?? 0 })
        : t('overview.trouble', { count: problems.length });

  return (
    <Page
      title={t('nav.overview')}
      intro={
        <p className={`sentence tone-${tone}`}>
          <Icon name={tone === 'quiet' ? 'history' : tone === 'ok' ? 'check' : tone} /> {sentence}
        </p>
      }
    >
      <div className="tiles">
        <Tile
          query={query}
          to="/services"
          label={t('overview.services')}
          value={({ services }) => services?.total}
          note={({ services }) => t('overview.outside', { count: services?.outside ?? 0 })}
        />
        <Tile
          query={query}
          to="/services"
          label={t('overview.workloads')}
          value={({ workloads }) => workloads?.total}
          note={({ workloads }) =>
            workloads?.total === 0
              ? t('overview.noneYet')
              : workloads && workloads.healthy < workloads.total
                ? t('overview.unhealthy', { count: workloads.total - workloads.healthy })
                : t('overview.allHealthy')
          }
          tone={({ workloads }) => (workloads?.total === 0 ? 'quiet' : workloads && workloads.healthy < workloads.total ? 'bad' : 'ok')}
        />
        <Tile
          query={query}
          to="/settings"
          hash="sidecars"
          label={t('overview.sidecars')}
          value={({ sidecars }) => (sidecars ? `${sidecars.inForce} / ${sidecars.total}` : undefined)}
          note={({ sidecars }) =>
            sidecars?.total === 0
              ? t('overview.noneYet')
              : sidecars && sidecars.lagging.length > 0
                ? t('overview.lagging', { count: sidecars.lagging.length })
                : t('overview.inForce')
          }
          tone={({ sidecars }) => (sidecars?.total === 0 ? 'quiet' : sidecars && sidecars.lagging.length > 0 ? 'warn' : 'ok')}
        />
        <Tile
          query={query}
          to="/traffic"
          label={t('overview.requests')}
          value={({ traffic }) => (traffic ? perSecond(traffic.requestsPerSecond) : undefined)}
          note={() => t('overview.window')}
        />
        <Tile
          query={query}
          to="/traffic"
          label={t('overview.errors')}
          value={({ traffic }) => (traffic ? percent(traffic.errorRate) : undefined)}
          note={() => t('overview.window')}
          tone={({ traffic }) => (traffic && traffic.errorRate >= 0.01 ? 'bad' : 'quiet')}
        />
      </div>
      <div className="columns">
        <div>
          <Card title={t('overview.attention')} icon={<Icon name="warn" />}>
            <Loaded query={query} rows={3}>
              {() =>
                problems.length > 0 ? (
                  <Problems problems={problems} />
                ) : !begun ? (
                  <Empty title={t('sidecars.none')}>
                    <p>{t('sidecars.noneText')}</p>
                    <pre className="command">lateen run --service shop --version v1 --port 9080 -- java -jar shop.jar</pre>
                  </Empty>
                ) : (
                  <Empty title={t('overview.nothingWrong')}>
                    <p>{t('overview.nothingWrongText')}</p>
                  </Empty>
                )
              }
            </Loaded>
          </Card>
          <Security query={query} />
        </div>
        <Changes />
      </div>
    </Page>
  );
}
