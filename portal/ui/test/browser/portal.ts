import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test';

export const PASSWORD = 'correct horse';

/** Whose portal it is, and how it looks. */
export interface As {
  readonly user?: string;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh-CN';
}

/** A refusal that a test brings about is written to the console by the browser itself. */
const EXPECTED = /Failed to load resource: the server responded with a status of (4\d\d|503)/;

/** A page that fails its test when the console says an error or the content security policy stopped something. */
export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
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
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export async function prefer(context: BrowserContext, { theme = 'light', language = 'en' }: As): Promise<void> {
  await context.addInitScript(
    (preferences) => {
      // A blank page, as axe opens one, has no storage.
      if (location.protocol === 'http:') localStorage.setItem('lateen.preferences', JSON.stringify(preferences));
    },
    { theme, language, density: 'comfortable', shortcuts: true },
  );
}

/** Begins a session without the form. */
export async function signIn(page: Page, as: As = {}): Promise<void> {
  await prefer(page.context(), as);
  const answer = await page.request.post('/api/v1/session', { data: { user: as.user ?? 'ada', password: PASSWORD } });
  expect(answer.ok()).toBe(true);
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds in the light and, of colours, in the dark; colours do not depend on the language. */
export async function violations(page: Page, language: 'en' | 'zh-CN' = 'en'): Promise<string[]> {
  const light = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return [...light.violations, ...(language === 'en' ? await inTheDark(page) : [])].map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`,
  );
}

async function inTheDark(page: Page) {
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'dark';
  });
  const dark = await new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']).analyze();
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'light';
  });
  return dark.violations;
}
