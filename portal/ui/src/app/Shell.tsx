import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { follow, useLive } from '../api/events';
import { sessionQuery } from '../api/session';
import { Icon, type IconName, Sail } from '../parts/Icon';
import { useShortcuts } from './shortcuts';
import { UserMenu } from './UserMenu';

const Palette = lazy(() => import('./Palette').then((module) => ({ default: module.Palette })));
const Help = lazy(() => import('./Help').then((module) => ({ default: module.Help })));

const ENTRIES = [
  { to: '/', icon: 'overview', label: 'nav.overview' },
  { to: '/traffic', icon: 'traffic', label: 'nav.traffic' },
  { to: '/services', icon: 'services', label: 'nav.services' },
  { to: '/config', icon: 'config', label: 'nav.config' },
  { to: '/settings', icon: 'settings', label: 'nav.settings' },
] as const satisfies readonly { to: string; icon: IconName; label: string }[];

/** What stands around every page: where one can go, whether the picture is live, who one is. */
export function Shell() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const session = useQuery(sessionQuery).data;
  const signedIn = session != null;
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useShortcuts({ onPalette: () => setOpen('palette'), onHelp: () => setOpen('help') });
  useEffect(() => (signedIn ? follow(client) : undefined), [client, signedIn]);
  // Braces: scrollTo gives a promise in new browsers, and an effect must give nothing.
  useEffect(() => {
    void main.current?.scrollTo(0, 0);
  }, [path]);

  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('nav.skip')}
      </a>
      <header className="nav">
        <Link to="/" className="brand" aria-label={t('nav.home')}>
          <Sail /> <span>Lateen</span>
        </Link>
        <nav aria-label={t('nav.label')}>
          {ENTRIES.map((entry) => (
            <Link
              key={entry.to}
              to={entry.to}
              className="nav-entry"
              activeOptions={{ exact: entry.to === '/', includeSearch: false }}
              activeProps={{ className: 'nav-entry nav-here', 'aria-current': 'page' }}
            >
              <Icon name={entry.icon} size={18} />
              <span>{t(entry.label)}</span>
            </Link>
          ))}
        </nav>
        <div className="nav-foot">
          <Button className="nav-entry" onPress={() => setOpen('palette')} aria-label={t('palette.title')}>
            <Icon name="search" size={18} />
            <span>{t('palette.short')}</span>
            <kbd>Ctrl K</kbd>
          </Button>
          <Button className="nav-entry" onPress={() => setOpen('help')} aria-label={t('help.title')}>
            <Icon name="help" size={18} />
            <span>{t('help.short')}</span>
            <kbd>?</kbd>
          </Button>
          <LiveMark />
          <UserMenu />
        </div>
      </header>
      <main id="content" ref={main} tabIndex={-1}>
        {session?.passwordChangeDue && path !== '/account' ? (
          <p className="banner">
            {t('access.passwordDue')} <Link to="/account">{t('account.change')}</Link>
          </p>
        ) : null}
        <Suspense fallback={<div className="page" />}>
          <Outlet />
        </Suspense>
      </main>
      <Suspense fallback={null}>
        {open === 'palette' ? <Palette onClose={() => setOpen(null)} onHelp={() => setOpen('help')} /> : null}
        {open === 'help' ? <Help onClose={() => setOpen(null)} /> : null}
      </Suspense>
    </div>
  );
}

/** How the stream of news stands, in a word. */
function LiveMark() {
  const { t } = useTranslation();
  const live = useLive();
  return (
    <p className={`live live-${live}`} role="status" title={t(`live.${live}Hint`)}>
      <span className="live-dot" aria-hidden="true" />
      <span>{t(`live.${live}`)}</span>
    </p>
  );
}
