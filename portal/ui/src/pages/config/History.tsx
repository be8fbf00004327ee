import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { KindType, Resource } from '../../api/kubernetes';
import { type HistoryEntry, historyQuery, rollback } from '../../api/mesh';
import { Ago, Chip } from '../../parts/Chip';
import { Diff } from '../../parts/Diff';
import { Icon } from '../../parts/Icon';
import { Sheet } from '../../parts/Sheet';
import { Empty, Loaded } from '../../parts/States';
import { Table } from '../../parts/Table';
import { useProblem } from '../../parts/problem';
import { WriteButton } from '../../parts/WriteButton';
import { toYaml } from '../../rules/document';

/** Who changed a rule and when; any of its states can be had again. */
export function History({ type, namespace, name, current, onWritten }: {
  type: KindType;
  namespace: string;
  name: string;
  current: Resource | undefined;
  onWritten: (revision: number | undefined) => void;
}) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<HistoryEntry | null>(null);
  const history = useQuery(historyQuery({ group: type.group, kind: type.kind, namespace, name }, 50));
  return (
    <Loaded query={history} rows={5}>
      {(entries) => {
        if (entries.length === 0) return <Empty title={t('history.none')} />;
        return (
          <>
            <Table main>
              <thead>
                <tr>
                  <th scope="col" className="number">{t('column.revision')}</th>
                  <th scope="col">{t('history.what')}</th>
                  <th scope="col">{t('history.who')}</th>
                  <th scope="col">{t('history.when')}</th>
                  <th scope="col">
                    <span className="unseen">{t('history.actions')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {entries.map((entry, at) => (
                  <tr key={entry.revision}>
                    <td className="number">{entry.revision}</td>
                    <td>
                      {t(`history.${entry.action}`)}{' '}
                      {at === 0 && current ? <Chip tone="accent">{t('history.now')}</Chip> : null}
                    </td>
                    <td>{entry.actor}</td>
                    <td>
                      <Ago at={entry.at} />
                    </td>
                    <td className="row-actions">
                      {(at === 0 && current) || entry.action === 'DELETED' ? null : (
                        <WriteButtonOrLook entry={entry} namespace={namespace} onChoose={() => setChosen(entry)} />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </Table>
            {chosen ? (
              <RollbackSheet
                entry={chosen}
                current={current}
                onClose={() => setChosen(null)}
                onDone={(revision) => {
                  setChosen(null);
                  onWritten(revision);
                }}
              />
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}

function WriteButtonOrLook({ entry, namespace, onChoose }: { entry: HistoryEntry; namespace: string; onChoose: () => void }) {
  const { t } = useTranslation();
  return (
    <Button className="button button-small" onPress={onChoose} aria-label={t('history.rollbackTo', { revision: entry.revision, namespace })}>
      <Icon name="undo" size={14} /> {t('history.rollback')}
    </Button>
  );
}

/** What a rollback would change, and the button that does it. */
function RollbackSheet({ entry, current, onClose, onDone }: {
  entry: HistoryEntry;
  current: Resource | undefined;
  onClose: () => void;
  onDone: (revision: number | undefined) => void;
}) {
  const { t } = useTranslation();
  const problemText = useProblem();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const seen = current?.metadata.resourceVersion;
  const trial = useQuery({ queryKey: ['trial', 'rollback', entry.revision, seen], queryFn: () => rollback(entry.revision, true, seen), gcTime: 0, retry: false });
  const refusal = problem ?? (trial.isError ? trial.error : null);

  async function go() {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await rollback(entry.revision, false, seen);
      onDone(answer.revision);
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  }

  return (
    <Sheet
      title={t('history.rollbackTitle', { revision: entry.revision })}
      wide
      onClose={onClose}
      footer={
        <>
          <Button className="button" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <WriteButton main namespace={entry.namespace} isDisabled={!trial.isSuccess} isPending={busy} onPress={() => void go()}>
            {t('history.rollback')}
          </WriteButton>
        </>
      }
    >
      <p className="muted">{t('history.rollbackText')}</p>
      {refusal ? (
        <p className="notice notice-bad" role="alert">
          <Icon name="bad" /> <span>{problemText(refusal)}</span>
        </p>
      ) : null}
      <Diff
        before={current ? toYaml(current) : ''}
        after={trial.data?.object ? toYaml(trial.data.object) : toYaml(entry.object)}
        label={`${entry.kind} ${entry.name}`}
      />
    </Sheet>
  );
}
