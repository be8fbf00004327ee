import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ApiError, call } from '../../api/http';
import { type KindType, objectPath, type Resource, write } from '../../api/kubernetes';
import { Diff } from '../../parts/Diff';
import { Icon } from '../../parts/Icon';
import { Sheet } from '../../parts/Sheet';
import { useProblem } from '../../parts/problem';
import { parse, toYaml } from '../../rules/document';

/** What a save changes; and when somebody else was faster, what they changed. Nothing is lost either way. */
export function SaveSheet({ type, text, base, onClose, onRebase, onTakeTheirs, onWritten }: {
  type: KindType;
  text: string;
  base: Resource | undefined;
  onClose: () => void;
  onRebase: (newest: Resource) => void;
  onTakeTheirs: (newest: Resource) => void;
  onWritten: (written: Resource) => void;
}) {
  const { t } = useTranslation();
  const problemText = useProblem();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [theirs, setTheirs] = useState<Resource | null>(null);

  async function save() {
    const parsed = parse(text, base);
    if (!parsed.ok) return;
    setBusy(true);
    setProblem(null);
    try {
      onWritten(await write(type, parsed.object, { create: !base, dryRun: false }));
    } catch (failure) {
      if (base && failure instanceof ApiError && failure.status === 409) {
        setTheirs(await call<Resource>(objectPath(type, base.metadata.namespace ?? 'default', base.metadata.name)).catch(() => null));
      }
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Sheet
      title={base ? t('apply.title') : t('editor.create')}
      wide
      onClose={onClose}
      footer={
        theirs ? (
          <>
            <Button className="button" onPress={() => onTakeTheirs(theirs)}>
              {t('conflict.takeTheirs')}
            </Button>
            <Button
              className="button button-main"
              onPress={() => {
                onRebase(theirs);
                setTheirs(null);
                setProblem(null);
              }}
            >
              {t('conflict.keepMine')}
            </Button>
          </>
        ) : (
          <>
            <Button className="button" onPress={onClose}>
              {t('action.cancel')}
            </Button>
            <Button className="button button-main" isPending={busy} onPress={() => void save()}>
              {t('action.apply')}
            </Button>
          </>
        )
      }
    >
      {theirs ? (
        <div className="notice notice-warn" role="alert">
          <Icon name="warn" />
          <span>{t('conflict.text')}</span>
        </div>
      ) : problem ? (
        <p className="notice notice-bad" role="alert">
          <Icon name="bad" /> <span>{problemText(problem)}</span>
        </p>
      ) : null}
      {theirs && base ? (
        <section className="edit">
          <h3>{t('conflict.theirs')}</h3>
          <Diff before={toYaml(base)} after={toYaml(theirs)} label={t('conflict.theirs')} />
          <h3>{t('conflict.mine')}</h3>
        </section>
      ) : null}
      <Diff before={base ? toYaml(base) : ''} after={text} label={t('apply.title')} />
    </Sheet>
  );
}
