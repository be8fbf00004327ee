import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { whenSignedOut } from '../api/http';
import { sessionQuery } from '../api/session';
import { LoginPage } from '../pages/login/LoginPage';
import { Broken, NotFound } from '../parts/Broken';
import { listSearch, loginSearch, newSearch, objectSearch, serviceSearch, trafficSearch } from './search';
import { Shell } from './Shell';

interface Context {
  readonly client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFound });

const login = createRoute({ getParentRoute: () => root, path: '/login', component: LoginPage, validateSearch: loginSearch });

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/login', search: loginSearch({ next: location.href }) });
  },
});

const page = <T extends string>(path: T) => ({ getParentRoute: () => signedIn, path }) as const;

const overview = createRoute({
  ...page('/'),
  component: lazyRouteComponent(() => import('../pages/overview/OverviewPage'), 'OverviewPage'),
});
export const trafficRoute = createRoute({
  ...page('/traffic'),
  validateSearch: trafficSearch,
  component: lazyRouteComponent(() => import('../pages/traffic/TrafficPage'), 'TrafficPage'),
});
export const servicesRoute = createRoute({
  ...page('/services'),
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../pages/services/ServicesPage'), 'ServicesPage'),
});
export const serviceRoute = createRoute({
  ...page('/services/$namespace/$name'),
  validateSearch: serviceSearch,
  component: lazyRouteComponent(() => import('../pages/services/ServicePage'), 'ServicePage'),
});
export const configRoute = createRoute({
  ...page('/config'),
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../pages/config/ConfigPage'), 'ConfigPage'),
});
export const newRoute = createRoute({
  ...page('/config/new'),
  validateSearch: newSearch,
  component: lazyRouteComponent(() => import('../pages/config/NewPage'), 'NewPage'),
});
export const objectRoute = createRoute({
  ...page('/config/$group/$plural/$namespace/$name'),
  validateSearch: objectSearch,
  component: lazyRouteComponent(() => import('../pages/config/ObjectPage'), 'ObjectPage'),
});
const settings = createRoute({
  ...page('/settings'),
  component: lazyRouteComponent(() => import('../pages/settings/SettingsPage'), 'SettingsPage'),
});
const account = createRoute({
  ...page('/account'),
  component: lazyRouteComponent(() => import('../pages/account/AccountPage'), 'AccountPage'),
});

const tree = root.addChildren([
  login,
  signedIn.addChildren([overview, trafficRoute, servicesRoute, serviceRoute, configRoute, newRoute, objectRoute, settings, account]),
]);

/** The pages and their addresses; a session that ends leads to the login and from there back. */
export function makeRouter(client: QueryClient) {
  const router = createRouter({
    routeTree: tree,
    context: { client },
    defaultErrorComponent: Broken,
    defaultPreload: 'intent',
    scrollRestoration: false,
  });
  whenSignedOut(() => {
    if (!client.getQueryData(sessionQuery.queryKey)) return;
    client.setQueryData(sessionQuery.queryKey, null);
    void router.navigate({ to: '/login', search: loginSearch({ next: router.state.location.href, ended: true }) });
  });
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
