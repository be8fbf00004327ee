import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import { applyAll } from '../../api/kubernetes';
import { Diff } from '../../parts/Diff';
import { Icon } from '../../parts/Icon';
import { Sheet } from '../../parts/Sheet';
import { useProblem } from '../../parts/problem';
import { file } from '../../rules/document';
import type { Edit } from '../../rules/plan';

/**
 * Shows what would be written, document by document, after the manager has tried it; writes all of it or
 * nothing. When somebody else was faster it says so, and the page behind already shows their state.
 */
export function ApplySheet({ edits, onClose, onApplied }: {
  edits: readonly Edit[];
  onClose: () => void;
  onApplied: (revision: number) => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const problemText = useProblem();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const yaml = file(edits.map(({ after, base }) => ({ text: after, base })));
  const trial = useQuery({ queryKey: ['trial', yaml], queryFn: () => applyAll(yaml, true), gcTime: 0, retry: false });
  const refusal = problem ?? (trial.isError ? trial.error : null);

  async function apply() {
    setBusy(true);
    setProblem(null);
    try {
      onApplied((await applyAll(yaml, false)).revision);
    } catch (failure) {
      setProblem(failure);
      if (failure instanceof ApiError && failure.status === 409) void client.invalidateQueries({ queryKey: ['config'] });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Sheet
      title={t('apply.title')}
      wide
      onClose={onClose}
      footer={
        <>
          <span className={`sheet-note ${trial.isSuccess ? 'tone-ok' : 'muted'}`} role="status">
            {trial.isSuccess ? (
              <>
                <Icon name="check" size={14} /> {t('apply.checked')}
              </>
            ) : trial.isPending ? (
              t('apply.checking')
            ) : null}
          </span>
          <Button className="button" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button className="button button-main" isDisabled={!trial.isSuccess} isPending={busy} onPress={() => void apply()}>
            {t('action.apply')}
          </Button>
        </>
      }
    >
      {refusal ? (
        <div className="notice notice-bad" role="alert">
          <Icon name="bad" />
          <span>
            {refusal instanceof ApiError && refusal.status === 409 ? t('apply.conflict') : problemText(refusal)}
          </span>
        </div>
      ) : null}
      {edits.map((edit) => (
        <section key={edit.kind} className="edit">
          <h3>
            {edit.base ? t('apply.changes') : t('apply.creates')} {edit.kind} <code>{`${edit.namespace}/${edit.name}`}</code>
          </h3>
          <Diff before={edit.before} after={edit.after} label={`${edit.kind} ${edit.name}`} />
        </section>
      ))}
    </Sheet>
  );
}
