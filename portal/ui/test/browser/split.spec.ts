import { expect, signIn, test } from './portal';

const share = (version: string) => ({ name: `Share of ${version} in percent` });

test('the split is moved by keyboard, shown, written, in force and measured', async ({ page }) => {
  await signIn(page);
  await page.goto('/services/default/reviews');
  const slider = page.getByRole('slider', share('v3'));
  await slider.focus();
  for (let step = 0; step < 30; step++) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('textbox', share('v3'))).toHaveValue('50');
  await expect(page.getByRole('textbox', share('v1'))).toHaveValue('38');
  await expect(page.getByRole('textbox', share('v2'))).toHaveValue('12');

  await page.getByRole('button', { name: 'Review the change' }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText('The manager would accept this')).toBeVisible();
  await expect(sheet.locator('.cm-deletedChunk').first()).toContainText('weight: 60');
  await expect(sheet.locator('.cm-changedLine').first()).toContainText('weight: 38');
  await sheet.getByRole('button', { name: 'Apply' }).click();

  await expect(page.getByTestId('in-force')).toContainText('In force on 7 of 7');
  await expect(page).toHaveURL(/revision=15/);
  await expect(page.getByTestId('measured-v3')).toContainText('50 %');
  await page.reload();
  await expect(page.getByRole('textbox', share('v3'))).toHaveValue('50');
});

test('the slider is dragged, and letting go leaves a sum of 100', async ({ page }) => {
  await signIn(page);
  await page.goto('/services/default/reviews');
  const thumb = page.locator('[data-version=v1] .slider-thumb');
  const track = await page.locator('[data-version=v1] .slider-track').boundingBox();
  await thumb.hover();
  await page.mouse.down();
  await page.mouse.move(track!.x + track!.width, track!.y + 5, { steps: 5 });
  await page.mouse.up();
  for (const [version, value] of [['v1', '100'], ['v2', '0'], ['v3', '0']] as const) {
    await expect(page.getByRole('textbox', share(version))).toHaveValue(value);
  }
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('textbox', share('v1'))).toHaveValue('60');
});

test('somebody else was faster: nothing is written, and it is said what to do', async ({ page }) => {
  await signIn(page);
  await page.goto('/services/default/reviews');
  await page.getByRole('textbox', share('v3')).fill('50');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Review the change' }).click();
  await expect(page.getByText('The manager would accept this')).toBeVisible();
  const rule = '/api/manager/apis/networking.istio.io/v1/namespaces/default/virtualservices/reviews';
  const theirs = await (await page.request.get(rule)).json();
  theirs.spec.http[1].timeout = '9s';
  expect((await page.request.put(rule, { data: theirs, headers: { 'x-xsrf-token': 'token' } })).ok()).toBe(true);
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();

  await expect(page.getByRole('alert')).toContainText('Somebody else has written');
  expect((await (await page.request.get(rule)).json()).spec.http[1].timeout).toBe('9s');
});

test('the route for some callers can be chosen', async ({ page }) => {
  await signIn(page);
  await page.goto('/services/default/reviews');
  await page.getByRole('button', { name: /Everyone else/ }).click();
  await page.getByRole('option', { name: /end-user = jason/ }).click();
  await expect(page).toHaveURL(/route=0/);
  await expect(page.getByRole('textbox', share('v2'))).toHaveValue('100');
});

test('a viewer sees the levers and why they do not move', async ({ page }) => {
  await signIn(page, { user: 'viewer' });
  await page.goto('/services/default/reviews');
  await expect(page.getByRole('button', { name: 'Review the change' })).toBeDisabled();
  await expect(page.getByText('Needs the role operator in default')).toBeVisible();
  await expect(page.getByRole('slider', share('v3'))).toBeDisabled();
});
