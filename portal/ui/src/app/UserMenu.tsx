import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { sessionQuery, signOut } from '../api/session';
import { Icon } from '../parts/Icon';

/** Who is signed in, with which role; the way to the account and out. */
export function UserMenu() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  const { data: session } = useQuery(sessionQuery);
  if (!session) return null;
  const roles = [...new Set(session.grants.map((grant) => grant.role))];

  async function leave() {
    await signOut().catch(() => undefined);
    client.clear();
    client.setQueryData(sessionQuery.queryKey, null);
    await router.navigate({ to: '/login' });
  }

  return (
    <MenuTrigger>
      <Button className="nav-entry nav-user" aria-label={t('user.menu', { user: session.user })}>
        <Icon name="user" size={18} />
        <span className="nav-user-name">
          {session.user}
          <small>{roles.map((role) => t(`role.${role}`)).join(', ')}</small>
        </span>
      </Button>
      <Popover className="popover" placement="top start">
        <Menu className="menu" aria-label={t('user.menu', { user: session.user })}>
          <MenuItem className="menu-item" onAction={() => void router.navigate({ to: '/account' })}>
            {t('nav.account')}
          </MenuItem>
          <MenuItem className="menu-item" onAction={() => void router.navigate({ to: '/settings' })}>
            {t('nav.settings')}
          </MenuItem>
          <MenuItem className="menu-item" onAction={() => void leave()}>
            {t('user.signOut')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
