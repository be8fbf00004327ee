import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { makeClient } from './app/client';
import { makeRouter } from './app/router';
import { watchPresence } from './api/presence';
import { startPreferences } from './look/preferences';
import './i18n';
import './look/tokens.css';
import './look/base.css';
import './look/buttons.css';
import './look/fields.css';
import './look/menus.css';
import './look/marks.css';
import './look/tables.css';
import './look/states.css';
import './look/dialogs.css';
import './look/tabs.css';
import './look/layout.css';

watchPresence();
const client = makeClient();
const router = makeRouter(client);

function Portal() {
  const { i18n } = useTranslation();
  return (
    <I18nProvider locale={i18n.language}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html: found no element root, expected one');
void startPreferences().then(() =>
  createRoot(root).render(
    <StrictMode>
      <Portal />
    </StrictMode>,
  ),
);
