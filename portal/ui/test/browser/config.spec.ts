import { expect, signIn, test } from './portal';

const RULE = '/config/networking.istio.io/virtualservices/default/reviews';
const API = '/api/manager/apis/networking.istio.io/v1/namespaces/default/virtualservices/reviews';

test('a fault stands at its line, and its entry leads there', async ({ page }) => {
  await signIn(page);
  await page.goto(RULE);
  await page.getByText('timeout', { exact: true }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('rout: 5s');
  const faults = page.getByRole('list', { name: 'Faults' });
  await expect(faults).toContainText('Line 19');
  await expect(faults).toContainText('did you mean `route`?');
  await expect(page.locator('.cm-lintRange-error')).toHaveText('rout: 5s');
  await expect(page.getByRole('button', { name: 'Review the change' })).toBeDisabled();
  await faults.getByRole('button').click();
  await expect(page.locator('.cm-content')).toBeFocused();

  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByText('Nothing changed yet')).toBeVisible();
});

test('what is no YAML is said before anybody is asked', async ({ page }) => {
  await signIn(page);
  await page.goto(RULE);
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('  bad: [1');
  await expect(page.getByRole('list', { name: 'Faults' })).toContainText('YAML');
});

test('the schema completes', async ({ page }) => {
  await signIn(page);
  await page.goto(RULE);
  await page.getByText('timeout', { exact: true }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('retr');
  await page.locator('.cm-tooltip-autocomplete').getByText('retries').click();
  await expect(page.locator('.cm-content')).toContainText('retries:');
});

test('a change is shown, saved, in force, and rolled back', async ({ page }) => {
  await signIn(page);
  await page.goto(RULE);
  await page.locator('.cm-content').getByText('5s').click();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('7s');
  await expect(page.getByText('Valid: the manager would accept this')).toBeVisible();
  await page.keyboard.press('Control+s');
  const sheet = page.getByRole('dialog');
  await expect(sheet.locator('.cm-changedLine')).toContainText('timeout: 7s');
  await sheet.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByTestId('in-force')).toContainText('In force on 7 of 7');

  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByRole('row')).toHaveCount(4);
  await page.getByRole('button', { name: 'Roll back to revision 14 in default' }).click();
  await expect(page.getByRole('dialog').locator('.cm-changedLine')).toContainText('timeout: 5s');
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
  await expect(page.getByTestId('in-force')).toContainText('revision 16');
  expect((await (await page.request.get(API)).json()).spec.http[1].timeout).toBe('5s');
});

test('two people write the same rule: nobody loses anything unseen', async ({ page }) => {
  await signIn(page);
  await page.goto(RULE);
  await page.locator('.cm-content').getByText('5s').click();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('8s');
  const theirs = await (await page.request.get(API)).json();
  theirs.spec.hosts = ['reviews', 'reviews.default'];
  await page.request.put(API, { data: theirs, headers: { 'x-xsrf-token': 'token' } });
  await page.getByRole('button', { name: 'Review the change' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();

  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('alert')).toContainText('Nothing of yours is lost');
  await expect(sheet.locator('.diff').first()).toContainText('reviews.default');
  await sheet.getByRole('button', { name: 'Write mine over it' }).click();
  await sheet.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByTestId('in-force')).toBeVisible();
  const spec = (await (await page.request.get(API)).json()).spec;
  expect([spec.http[1].timeout, spec.hosts]).toEqual(['8s', ['reviews']]);
});

test('a rule is created from its template and deleted', async ({ page }) => {
  await signIn(page);
  await page.goto('/config/new?kind=DestinationRule');
  await expect(page.getByRole('list', { name: 'Faults' })).toContainText('already exists');
  await page.getByText('name', { exact: true }).first().click();
  await page.keyboard.press('End');
  await page.keyboard.press('Control+Backspace');
  await page.keyboard.type('ratings');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'ratings' })).toBeVisible();

  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/\/config$/);
  await expect(page.getByRole('rowheader', { name: 'ratings' })).toHaveCount(0);
});

test('the list is narrowed by its URL, and says what hides everything', async ({ page }) => {
  await signIn(page);
  await page.goto('/config?kind=Gateway');
  await expect(page.getByRole('rowheader')).toHaveText(['bookinfo-gateway']);
  await page.getByRole('searchbox').fill('nothing');
  await expect(page).toHaveURL(/find=nothing/);
  await expect(page.getByText('The filters hide all 4 entries')).toBeVisible();
  await page.getByRole('link', { name: 'Remove the filters' }).click();
  await expect(page.getByRole('rowheader')).toHaveCount(4);
});

test('a viewer reads, and every button says why it does nothing', async ({ page }) => {
  await signIn(page, { user: 'viewer' });
  await page.goto(RULE);
  await expect(page.getByRole('button', { name: 'Review the change' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await expect(page.getByText('Needs the role operator in default').first()).toBeVisible();
});
