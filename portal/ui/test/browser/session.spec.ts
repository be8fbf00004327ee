import { expect, PASSWORD, prefer, signIn, test } from './portal';

test('a person signs in and comes to the page they wanted', async ({ page }) => {
  await prefer(page, {});
  await page.goto('/services?find=rev');
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText('The name or the password is wrong.');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/\/services\?find=rev$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
});

test('too many wrong passwords lock, and it is said for how long', async ({ page }) => {
  await prefer(page, { language: 'zh-CN' });
  await page.goto('/login');
  for (let attempt = 0; attempt < 6; attempt++) {
    await page.locator('[name=user]').fill('locked');
    await page.locator('[name=password]').fill('wrong');
    await page.getByRole('button', { name: '登录' }).click();
    await expect(page.getByRole('alert')).toHaveText(attempt < 5 ? '用户名或密码不正确。' : '密码错误次数过多，请在 60 秒后重试。');
  }
});

test('signing out leads to the login, and so does a session that ended', async ({ page }) => {
  await signIn(page);
  await page.goto('/config');
  await page.getByRole('button', { name: /account and sign out/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login/);

  await signIn(page);
  await page.goto('/config');
  await expect(page.getByRole('row').first()).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Services' }).click();
  await expect(page).toHaveURL(/\/login\?next=/);
});

test('a page that nobody touches ends its session, says so, and is there again after signing in', async ({ alone: page }) => {
  await page.clock.install();
  await signIn(page, { user: 'sleepy' });
  await page.goto('/traffic?view=table&window=15m');
  const rows = page.locator('.table-main').getByRole('row');
  await expect(rows).toHaveCount(9);
  // Somebody is there: polling goes on, the session too.
  for (let round = 0; round < 4; round++) {
    await page.mouse.move(200 + round, 200);
    const polled = page.waitForResponse((response) => response.url().includes('/api/v1/graph'));
    await page.clock.runFor(5_000);
    expect((await polled).ok()).toBe(true);
  }
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(page).toHaveURL(/\/login\?next=/, { timeout: 100 });
  }).toPass();
  await expect(page.getByRole('status')).toContainText('Your session has ended');

  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/traffic\?view=table&window=15m$/);
  await expect(rows).toHaveCount(9);
});

test('a password that was given is changed, or it is said why not', async ({ page }) => {
  await signIn(page, { user: 'new' });
  await page.goto('/services');
  await page.getByRole('link', { name: 'Change the password' }).click();
  const fill = async (current: string, wanted: string, again: string) => {
    await page.getByLabel('Current password').fill(current);
    await page.getByLabel('New password', { exact: true }).fill(wanted);
    await page.getByLabel('New password again').fill(again);
    await page.getByRole('button', { name: 'Change the password' }).click();
  };
  await fill('wrong', 'a long new password', 'another long password');
  await expect(page.getByText('The two differ.')).toBeVisible();
  await fill('wrong', 'a long new password', 'a long new password');
  await expect(page.getByRole('alert')).toHaveText('The current password is wrong.');
  await fill(PASSWORD, 'a long new password', 'a long new password');
  await expect(page.getByText('The password is changed')).toBeVisible();
  await page.getByRole('link', { name: 'Services' }).click();
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await expect(page.locator('.banner')).toHaveCount(0);
});

test('who signed in elsewhere is told where the password is', async ({ page }) => {
  await signIn(page, { user: 'olga' });
  await page.goto('/account');
  await expect(page.getByText('Your password is kept where you signed in')).toBeVisible();
  await expect(page.getByLabel('Current password')).toHaveCount(0);
});

test('everything is reached by its name, and by its keys', async ({ page }) => {
  await signIn(page);
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/A page, a service/).fill('bookinfo-gate');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'bookinfo-gateway' })).toBeVisible();

  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/\/services$/);
  await page.getByRole('searchbox').waitFor();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
});

test('language and theme change at once and stay', async ({ alone: page }) => {
  await page.request.post('/api/v1/session', { data: { user: 'ada', password: PASSWORD } });
  await page.goto('/settings');
  await page.getByText('Dark', { exact: true }).click();
  await page.getByText('简体中文').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('设置');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('设置');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('nothing is asked of anybody but the portal', async ({ page, baseURL }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL ?? '') && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  await signIn(page);
  await page.goto('/traffic');
  await page.getByTestId('graph').waitFor();
  expect(elsewhere).toEqual([]);
});
