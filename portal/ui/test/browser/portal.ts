import { type Browser, type BrowserContext, expect, type Page, test as base } from '@playwright/test';
import axe from 'axe-core';

export const PASSWORD = 'correct horse';

/** Whose portal it is, and how it looks. */
export interface As {
  readonly user?: string;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh-CN';
}

/** A refusal that a test brings about is written to the console by the browser itself. */
const EXPECTED = /Failed to load resource: the server responded with a status of (4\d\d|503)/;

let complaints: string[] = [];

/** A context whose pages complain when the console says an error or the content security policy stopped something. */
async function contextOf(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: `http://127.0.0.1:${process.env.UI_TEST_PORT}`,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
  });
  await context.exposeBinding('reportViolation', (_, text: string) => void complaints.push(text));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const report = (globalThis as unknown as { reportViolation: (text: string) => void }).reportViolation;
      report(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile ?? ''}:${event.lineNumber}`);
    });
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
  });
  context.on('weberror', (error) => void complaints.push(String(error.error())));
  return context;
}

/**
 * One context for all tests, so that scripts are loaded and compiled once; cookies and pages are each
 * test's own. `alone` is a page in a context of its own, for what leaves traces or stops the clock.
 */
export const test = base.extend<{ alone: Page; heard: void }, { shared: BrowserContext }>({
  shared: [
    async ({ browser }, use) => {
      const context = await contextOf(browser);
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  heard: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      complaints = [];
      await use();
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  page: async ({ shared }, use) => {
    await shared.clearCookies();
    const page = await shared.newPage();
    await use(page);
    await page.close();
  },
  alone: async ({ browser }, use) => {
    const context = await contextOf(browser);
    await use(await context.newPage());
    await context.close();
  },
});

export { expect };

export async function prefer(page: Page, { theme = 'light', language = 'en' }: As): Promise<void> {
  await page.addInitScript(
    (preferences) => {
      // A blank page has no storage.
      if (location.protocol === 'http:') localStorage.setItem('lateen.preferences', JSON.stringify(preferences));
    },
    { theme, language, density: 'comfortable', shortcuts: true },
  );
}

/** Begins a session without the form. */
export async function signIn(page: Page, as: As = {}): Promise<void> {
  await prefer(page, as);
  const answer = await page.request.post('/api/v1/session', { data: { user: as.user ?? 'ada', password: PASSWORD } });
  expect(answer.ok()).toBe(true);
}

/** Lets the server say to the session's pages that something was missed: they ask for everything again. */
export async function resync(page: Page): Promise<void> {
  expect((await page.request.post('/api/test/resync', { headers: { 'x-xsrf-token': 'token' } })).ok()).toBe(true);
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds in the light and, of colours, in the dark: a theme changes nothing else. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const { dataset } = document.documentElement;
    const { violations: light } = await checker.run(document, { resultTypes: ['violations'], runOnly: tags });
    dataset.theme = 'dark';
    const { violations: dark } = await checker.run(document, {
      resultTypes: ['violations'],
      runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
    });
    dataset.theme = 'light';
    return [...light.map((each) => ({ ...each, theme: 'light' })), ...dark.map((each) => ({ ...each, theme: 'dark' }))].map(
      ({ id, theme, nodes }) =>
        `${theme}, ${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`,
    );
  }, RULES);
}
