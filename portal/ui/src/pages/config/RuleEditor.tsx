import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { KindType, Resource } from '../../api/kubernetes';
import { schemaQuery } from '../../api/schema';
import { Icon } from '../../parts/Icon';
import { Skeleton } from '../../parts/States';
import { WriteButton } from '../../parts/WriteButton';
import { toYaml } from '../../rules/document';
import type { Jump } from './CodeEditor';
import { SaveSheet } from './SaveSheet';
import { useCheck } from './useCheck';

const CodeEditor = lazy(() => import('./CodeEditor').then((module) => ({ default: module.CodeEditor })));

/**
 * A rule as a text. While one writes, the manager tries it; each fault stands at its line and below. A
 * new version from elsewhere does not touch what one has written: the save then shows both.
 */
export function RuleEditor({ type, base, template, namespace, onWritten }: {
  type: KindType;
  base?: Resource;
  template?: string;
  namespace: string;
  onWritten: (revision: number | undefined, object: Resource) => void;
}) {
  const { t } = useTranslation();
  const theirs = base ? toYaml(base) : '';
  const start = base ? theirs : (template ?? '');
  // What the text was made from: it stays when somebody else writes meanwhile.
  const [from, setFrom] = useState({ text: start, base });
  const [text, setText] = useState(start);
  const [saving, setSaving] = useState(false);
  const jump = useRef<Jump>(null);
  const schema = useQuery(schemaQuery(type)).data;
  const changed = text !== from.text || !from.base;
  // Nothing written yet: the newest state is taken over silently.
  if (from.base && base && text === from.text && base.metadata.resourceVersion !== from.base.metadata.resourceVersion) {
    setFrom({ text: theirs, base });
    setText(theirs);
  }
  const check = useCheck({ type, text, base: from.base, active: changed });
  const review = useCallback(() => setSaving(true), []);

  return (
    <div className="rule-editor">
      <Suspense fallback={<Skeleton rows={14} />}>
        <CodeEditor
          ref={jump}
          label={t('editor.label', { name: base?.metadata.name ?? type.kind })}
          text={text}
          faults={check.faults}
          schema={schema}
          onChange={setText}
          onReview={review}
        />
      </Suspense>
      <div className="editor-foot">
        <p className={`editor-state ${check.state === 'faulty' ? 'tone-bad' : check.state === 'valid' ? 'tone-ok' : 'muted'}`} role="status">
          {check.state === 'faulty' ? <Icon name="bad" size={15} /> : check.state === 'valid' ? <Icon name="check" size={15} /> : null}{' '}
          {check.state === 'faulty' ? t('editor.faults', { count: check.faults.length }) : t(`editor.${check.state}`)}
        </p>
        {changed && from.base ? (
          <Button className="button" onPress={() => setText(from.text)}>
            {t('action.reset')}
          </Button>
        ) : null}
        <WriteButton main namespace={namespace} isDisabled={!changed || check.state === 'faulty'} onPress={review}>
          {from.base ? t('editor.review') : t('editor.create')}
        </WriteButton>
      </div>
      {check.faults.length > 0 ? (
        <ul className="faults" aria-label={t('editor.faultList')}>
          {check.faults.map((fault, at) => (
            <li key={`${fault.from}/${at}`}>
              <button type="button" onClick={() => jump.current?.(fault.from)}>
                <span className="fault-line">{t('editor.line', { line: fault.line })}</span>
                <code>{fault.field}</code>
                <span>{fault.message}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {check.problem ? <p className="notice notice-warn">{check.problem}</p> : null}
      {saving && changed && check.state !== 'faulty' ? (
        <SaveSheet
          type={type}
          text={text}
          base={from.base}
          onClose={() => setSaving(false)}
          onRebase={(newest) => setFrom({ text: toYaml(newest), base: newest })}
          onTakeTheirs={(newest) => {
            setFrom({ text: toYaml(newest), base: newest });
            setText(toYaml(newest));
            setSaving(false);
          }}
          onWritten={(written) => {
            setSaving(false);
            setFrom({ text: toYaml(written), base: written });
            setText(toYaml(written));
            onWritten(Number(written.metadata.resourceVersion) || undefined, written);
          }}
        />
      ) : null}
    </div>
  );
}
