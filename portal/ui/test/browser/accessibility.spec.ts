import { type As, expect, signIn, test, violations } from './portal';

const EDGE = encodeURIComponent('default/productpage-v1>default/reviews-v3');
const NODE = encodeURIComponent('default/reviews-v3');
const RULE = '/config/networking.istio.io/virtualservices/default/reviews';

/** Each page, and what is there once it is drawn. */
const LOADED: readonly [string, string][] = [
  ['/', '.problem'],
  [`/traffic?selected=${EDGE}`, '.measures'],
  [`/traffic?selected=${NODE}`, '.drawer .table'],
  ['/traffic?view=table', 'tbody tr'],
  ['/services', 'tbody tr'],
  ['/services/default/reviews', '.split-row'],
  ['/config', 'tbody tr'],
  [RULE, '.cm-content'],
  [`${RULE}?tab=history`, 'tbody tr'],
  ['/config/new?kind=DestinationRule', '.cm-content'],
  ['/settings', 'tbody tr'],
  ['/account', 'form'],
  ['/nowhere', '.not-found'],
  ['/login?ended=true', '.login-card [role=status]'],
];
const STATE = '.state';
const EMPTY = ['/', '/traffic', '/services', '/services/default/ghost', '/config', RULE, '/settings'].map((path) => [path, STATE] as const);
const BROKEN = ['/', '/traffic', '/services', '/config', RULE, '/settings'].map((path) => [path, STATE] as const);
const NEW = [['/', '.banner']] as const;

const LOOKS: readonly [string, As, readonly (readonly [string, string])[]][] = [
  ['with data', {}, LOADED],
  ['with data, in Chinese', { language: 'zh-CN' }, LOADED],
  ['without data', { user: 'empty' }, EMPTY],
  ['without data, in Chinese', { user: 'empty', language: 'zh-CN' }, EMPTY],
  ['when servers fail', { user: 'broken' }, BROKEN],
  ['when servers fail, in Chinese', { user: 'broken', language: 'zh-CN' }, BROKEN],
  ['with a password that was given', { user: 'new' }, NEW],
];

// Each in the light and in the dark theme: `violations` looks at both.
for (const [name, as, pages] of LOOKS) {
  test(`every page ${name}`, async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page, as);
    for (const [path, sign] of pages) {
      await page.goto(path);
      await page.locator(sign).first().waitFor();
      expect.soft(await violations(page), path).toEqual([]);
      await expect(page.locator('html')).toHaveAttribute('lang', as.language ?? 'en');
    }
  });
}

test('every page on a narrow screen, where nothing leaves it sideways', async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 400, height: 800 });
  await signIn(page);
  for (const [path, sign] of LOADED) {
    await page.goto(path);
    await page.locator(sign).first().waitFor();
    expect.soft(await violations(page), path).toEqual([]);
    const beyond = await page.evaluate(() =>
      [document.documentElement, document.querySelector('main')!].map((element) => element.scrollWidth - element.clientWidth),
    );
    expect.soft(beyond, path).toEqual([0, 0]);
  }
});

test('the dialogs and the lists that open', async ({ page }) => {
  await signIn(page);
  await page.goto('/services/default/reviews');
  await page.locator('.split-row').first().waitFor();
  for (const [key, sign] of [['Control+k', '.palette .menu-item'], ['?', '.help']] as const) {
    await page.keyboard.press(key);
    await page.locator(sign).first().waitFor();
    expect.soft(await violations(page), key).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('.sheet').waitFor({ state: 'detached' });
  }
  await page.getByRole('textbox', { name: /share of v3/i }).fill('50');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Review the change' }).click();
  await page.locator('.diff .cm-content').first().waitFor();
  expect.soft(await violations(page), 'diff').toEqual([]);
});
