import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button, FieldError, Form, Input, Label, Text, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { changePassword, sessionQuery } from '../../api/session';
import { Chip } from '../../parts/Chip';
import { Icon } from '../../parts/Icon';
import { Card, Page } from '../../parts/Page';
import { useProblem } from '../../parts/problem';

const SHORTEST = 12;

/** Who one is here, and one's password. */
export function AccountPage() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  return (
    <Page title={t('nav.account')}>
      <Card title={t('account.you')}>
        <dl className="facts">
          <dt>{t('login.user')}</dt>
          <dd>{session?.user}</dd>
          <dt>{t('account.roles')}</dt>
          <dd className="chips">
            {session?.grants.map((grant) => (
              <Chip key={`${grant.role}/${grant.namespaces.join()}`} tone="accent">
                {t(`role.${grant.role}`)}
                {' · '}
                {grant.namespaces.includes('*') ? t('account.everywhere') : grant.namespaces.join(', ')}
              </Chip>
            ))}
          </dd>
        </dl>
      </Card>
      <Card title={t('account.password')}>
        {session?.signIn === 'oidc' ? <p className="card-note">{t('errors.password.elsewhere')}</p> : <Password />}
      </Card>
    </Page>
  );
}

function Password() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const problemText = useProblem();
  const form = useRef<HTMLFormElement>(null);
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle');
  const [problem, setProblem] = useState<unknown>(null);
  const [differ, setDiffer] = useState(false);

  async function submit(data: FormData) {
    setProblem(null);
    setState('idle');
    setDiffer(data.get('wanted') !== data.get('again'));
    if (data.get('wanted') !== data.get('again')) return;
    setState('busy');
    try {
      await changePassword(String(data.get('current')), String(data.get('wanted')));
      form.current?.reset();
      setState('done');
      // It is no longer one that was given.
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    } catch (refusal) {
      setProblem(refusal);
      setState('idle');
    }
  }

  return (
    <Form
      ref={form}
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <TextField className="field" name="current" type="password" autoComplete="current-password" isRequired>
        <Label>{t('account.current')}</Label>
        <Input />
        <FieldError className="field-error" />
      </TextField>
      <TextField className="field" name="wanted" type="password" autoComplete="new-password" isRequired minLength={SHORTEST}>
        <Label>{t('account.wanted')}</Label>
        <Input />
        <Text slot="description" className="field-note">
          {t('account.rule', { count: SHORTEST })}
        </Text>
        <FieldError className="field-error" />
      </TextField>
      <TextField className="field" name="again" type="password" autoComplete="new-password" isRequired>
        <Label>{t('account.again')}</Label>
        <Input />
        <FieldError className="field-error" />
      </TextField>
      {differ ? (
        <p className="notice notice-bad" role="alert">
          <Icon name="bad" /> <span>{t('account.differ')}</span>
        </p>
      ) : null}
      {problem ? (
        <p className="notice notice-bad" role="alert">
          <Icon name="bad" /> <span>{problemText(problem)}</span>
        </p>
      ) : null}
      {state === 'done' ? (
        <p className="notice notice-ok" role="status">
          <Icon name="check" /> <span>{t('account.done')}</span>
        </p>
      ) : null}
      <Button type="submit" className="button button-main" isPending={state === 'busy'}>
        {t('account.change')}
      </Button>
    </Form>
  );
}
