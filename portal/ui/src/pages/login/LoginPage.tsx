import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { sessionQuery, signIn, signInMethodsQuery } from '../../api/session';
import { Icon, Sail } from '../../parts/Icon';
import { useProblem } from '../../parts/problem';

/** The door. It says what to do when it stays shut. */
export function LoginPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  const { next, ended } = useSearch({ from: '/login' });
  const problemText = useProblem();
  const methods = useQuery(signInMethodsQuery).data;
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${t('login.title')} · Lateen`;
  }, [t]);

  async function submit(data: FormData) {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(String(data.get('user')), String(data.get('password')));
      await client.resetQueries();
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
      router.history.push(next ?? '/');
    } catch (refusal) {
      setProblem(refusal);
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className="login">
      <div className="login-card">
        <p className="brand brand-large">
          <Sail size={30} /> <span>Lateen</span>
        </p>
        <h1>{t('login.title')}</h1>
        {ended && !problem ? (
          <p className="notice" role="status">
            <Icon name="history" /> <span>{t('login.ended')}</span>
          </p>
        ) : null}
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            void submit(new FormData(event.currentTarget));
          }}
        >
          <TextField className="field" name="user" autoComplete="username" isRequired autoFocus>
            <Label>{t('login.user')}</Label>
            <Input />
            <FieldError className="field-error" />
          </TextField>
          <TextField className="field" name="password" type="password" autoComplete="current-password" isRequired>
            <Label>{t('login.password')}</Label>
            <Input />
            <FieldError className="field-error" />
          </TextField>
          {problem ? (
            <p className="notice notice-bad" role="alert">
              <Icon name="bad" /> <span>{problemText(problem)}</span>
            </p>
          ) : null}
          <Button type="submit" className="button button-main" isPending={busy}>
            {busy ? t('login.busy') : t('login.submit')}
          </Button>
        </Form>
        {methods?.providers.map(({ name, href }) => (
          <a key={href} className="button login-provider" href={next ? `${href}?return=${encodeURIComponent(next)}` : href}>
            {t('login.with', { name })}
          </a>
        ))}
        <p className="login-hint">{t('login.hint')}</p>
      </div>
    </main>
  );
}
