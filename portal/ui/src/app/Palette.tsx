import { useQueries, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import {
  Autocomplete, Dialog, Input, Menu, MenuItem, Modal, ModalOverlay, SearchField, Text, useFilter,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { kindsQuery, resourcesQuery } from '../api/kubernetes';
import { meshServicesQuery } from '../api/mesh';
import { prefer, usePreferences } from '../look/preferences';
import { Icon, type IconName } from '../parts/Icon';

interface Command {
  readonly id: string;
  readonly icon: IconName;
  readonly name: string;
  readonly hint: string;
  readonly run: () => void;
}

/** Everything one can go to or do, by name. */
export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  const { contains } = useFilter({ sensitivity: 'base' });
  const commands = useCommands(onHelp);
  return (
    <ModalOverlay className="overlay overlay-top" isOpen isDismissable onOpenChange={(open) => open || onClose()}>
      <Modal className="sheet palette">
        <Dialog aria-label={t('palette.title')} className="sheet-body">
          <Autocomplete filter={contains}>
            <SearchField className="palette-find" aria-label={t('palette.title')} autoFocus>
              <Icon name="search" />
              <Input placeholder={t('palette.placeholder')} />
            </SearchField>
            <div className="palette-list" tabIndex={0} role="group" aria-label={t('palette.results')}>
              <Menu
                className="menu"
                aria-label={t('palette.results')}
                items={commands}
                renderEmptyState={() => <p className="palette-empty">{t('palette.none')}</p>}
              >
                {(command) => (
                  <MenuItem
                    className="menu-item"
                    textValue={`${command.name} ${command.hint}`}
                    onAction={() => {
                      onClose();
                      command.run();
                    }}
                  >
                    <Icon name={command.icon} />
                    <Text slot="label">{command.name}</Text>
                    <Text slot="description">{command.hint}</Text>
                  </MenuItem>
                )}
              </Menu>
            </div>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function useCommands(onHelp: () => void): Command[] {
  const { t } = useTranslation();
  const router = useRouter();
  const { theme } = usePreferences();
  const services = useQuery(meshServicesQuery).data;
  const kinds = useQuery(kindsQuery).data;
  const lists = useQueries({ queries: (kinds ?? []).map(resourcesQuery) });
  const rules = lists.flatMap((list) => list.data ?? []);
  return useMemo(() => {
    const go = (to: '/' | '/traffic' | '/services' | '/config' | '/settings' | '/account', icon: IconName, name: string): Command => ({
      id: to,
      icon,
      name,
      hint: t('palette.page'),
      run: () => void router.navigate({ to }),
    });
    return [
      go('/', 'overview', t('nav.overview')),
      go('/traffic', 'traffic', t('nav.traffic')),
      go('/services', 'services', t('nav.services')),
      go('/config', 'config', t('nav.config')),
      go('/settings', 'settings', t('nav.settings')),
      go('/account', 'user', t('nav.account')),
      { id: 'new', icon: 'plus', name: t('config.new'), hint: t('palette.action'), run: () => void router.navigate({ to: '/config/new' }) },
      {
        id: 'theme',
        icon: 'settings',
        name: t('palette.theme'),
        hint: t('palette.action'),
        run: () => prefer({ theme: theme === 'dark' || document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' }),
      },
      { id: 'help', icon: 'help', name: t('help.title'), hint: t('palette.action'), run: onHelp },
      ...(services ?? []).map(({ namespace, name }): Command => ({
        id: `service/${namespace}/${name}`,
        icon: 'services',
        name,
        hint: `${t('palette.service')} · ${namespace}`,
        run: () => void router.navigate({ to: '/services/$namespace/$name', params: { namespace, name } }),
      })),
      ...rules.map((rule): Command => {
        const type = kinds?.find((each) => each.kind === rule.kind && rule.apiVersion.startsWith(`${each.group}/`));
        const params = {
          group: type?.group ?? '',
          plural: type?.plural ?? '',
          namespace: rule.metadata.namespace ?? 'default',
          name: rule.metadata.name,
        };
        return {
          id: `${rule.kind}/${params.namespace}/${params.name}`,
          icon: 'config',
          name: rule.metadata.name,
          hint: `${rule.kind} · ${params.namespace}`,
          run: () => void router.navigate({ to: '/config/$group/$plural/$namespace/$name', params }),
        };
      }),
    ];
    // The lists come one after another; their lengths say when there is more.
  }, [t, router, theme, services, kinds, rules.length, onHelp]);
}
