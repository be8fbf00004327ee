import { expect, signIn, test, violations } from './portal';

const EDGE = encodeURIComponent('default/productpage-v1>default/reviews-v3');
const RULE = '/config/networking.istio.io/virtualservices/default/reviews';

/** Each page, and what is there once it is drawn. */
const LOADED: readonly [string, string][] = [
  ['/', '.problem'],
  [`/traffic?selected=${EDGE}`, '.measures'],
  ['/traffic?view=table', 'tbody tr'],
  ['/services', 'tbody tr'],
  ['/services/default/reviews', '.split-row'],
  ['/config', 'tbody tr'],
  [RULE, '.cm-content'],
  [`${RULE}?tab=history`, 'tbody tr'],
  ['/config/new?kind=DestinationRule', '.cm-content'],
  ['/settings', 'tbody tr'],
  ['/account', 'form'],
];
const EMPTY = ['/', '/traffic', '/services', '/services/default/ghost', '/config', RULE, '/settings'];
const BROKEN = ['/', '/traffic', '/services', '/config', RULE];

// Each in the light and in the dark theme: `violations` looks at both.
for (const language of ['en', 'zh-CN'] as const) {
  test(`every page as it is with data, in ${language}`, async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page, { language });
    for (const [path, sign] of LOADED) {
      await page.goto(path);
      await page.locator(sign).first().waitFor();
      expect.soft(await violations(page, language), path).toEqual([]);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
    }
  });
}

// Words are all that a language changes, and those were looked at above.
for (const [user, paths] of [['empty', EMPTY], ['broken', BROKEN]] as const) {
  test(`every page for ${user} servers`, async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page, { user });
    for (const path of paths) {
      await page.goto(path);
      await page.locator('.state').first().waitFor();
      expect.soft(await violations(page), path).toEqual([]);
    }
  });
}

test('the login, the dialogs and the lists that open', async ({ page }) => {
  await page.goto('/login');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect.soft(await violations(page), 'login').toEqual([]);
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
