import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { readers } from './traffic';

const PAGE = process.env.LATEEN_PAGE ?? '';
const PASSWORD = process.env.LATEEN_PASSWORD ?? '';
const PICTURES = process.env.LATEEN_PICTURES;
const OWN = 'a sail that catches every wind';
const VIEWER = { name: 'vera', password: 'only here to look around' };

const share = (version: string) => ({ name: `Share of ${version} in percent` });
const rule = '/api/manager/apis/networking.istio.io/v1/namespaces/default/virtualservices/reviews';

// One story, told in order: each part stands on what the one before it did.
test.describe.configure({ mode: 'serial' });

let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

test.beforeAll(async ({ browser }) => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', colorScheme: 'light' });
  await context.exposeBinding('reportViolation', (_, text: string) => void complaints.push(text));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      (globalThis as unknown as { reportViolation: (text: string) => void }).reportViolation(`${event.violatedDirective}: ${event.blockedURI}`);
    });
  });
  context.on('weberror', (error) => void complaints.push(String(error.error())));
  page = await context.newPage();
});

test.afterAll(async () => {
  await context.close();
  expect(complaints, 'what the content security policy stopped, and what broke').toEqual([]);
});

async function picture(name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

async function signIn(where: Page, user: string, password: string): Promise<void> {
  await where.getByLabel('User name').fill(user);
  await where.getByLabel('Password').fill(password);
  await where.getByRole('button', { name: 'Sign in' }).click();
}

/** Sets the wanted weights, looks at what would be written, and writes it. */
async function apply(version: string, percent: string): Promise<void> {
  await page.goto('/services/default/reviews');
  await page.getByRole('textbox', share(version)).fill(percent);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Review the change' }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText('The manager would accept this')).toBeVisible();
  await expect(sheet.locator('.diff .cm-content').first()).toContainText('reviews');
  if (version === 'v3') await picture('portal-diff');
  await sheet.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByTestId('in-force')).toContainText(/In force on (\d+) of \1/);
}

test('wrong passwords are refused, and then locked', async () => {
  await page.goto('/traffic');
  await expect(page).toHaveURL(/\/login\?next=/);
  for (let attempt = 0; attempt < 6; attempt++) {
    await signIn(page, 'mallory', `guess number ${attempt}`);
    await expect(page.getByRole('alert')).toContainText(attempt < 5 ? /name or the password is wrong|Too many/ : 'Too many wrong passwords');
    if ((await page.getByRole('alert').textContent())?.includes('Too many')) break;
    await page.getByLabel('Password').fill('');
  }
  await expect(page.getByRole('alert')).toContainText('Too many wrong passwords');
});

test('the administrator signs in and sees the mesh', async () => {
  await signIn(page, 'admin', PASSWORD);
  await expect(page.getByRole('heading', { level: 1, name: 'Traffic' })).toBeFocused();
  await page.getByRole('link', { name: 'Change the password' }).click();
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByLabel('New password', { exact: true }).fill(OWN);
  await page.getByLabel('New password again').fill(OWN);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('The password is changed')).toBeVisible();
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Change the password' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: /Sidecars in force\s*7 \/ 7/ })).toBeVisible();
  // Six of the sample, and the way in.
  await expect(page.getByRole('link', { name: /Workloads\s*7/ })).toBeVisible();
});

test('the workloads and their calls are drawn', async () => {
  await readers(PAGE, 300);
  await page.goto('/traffic');
  for (const workload of ['productpage-v1', 'details-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3', 'ratings-v1']) {
    await expect(page.locator(`[data-node="default/${workload}"]`)).toBeVisible({ timeout: 40_000 });
  }
  await expect(page.locator('.edge-label')).not.toHaveCount(0);
  await picture('portal-traffic');
  await page.goto('/traffic?view=table');
  const row = page.getByRole('row').filter({ hasText: 'productpage-v1' }).filter({ hasText: 'details-v1' });
  await expect(row).toContainText('/s');
});

test('half of the readers are moved to v3 with the slider, and it is measured', async () => {
  test.setTimeout(120_000);
  await apply('v1', '100');
  expect(await readers(PAGE, 20)).not.toContain('stars red');
  await apply('v3', '50');

  await expect(async () => {
    const seen: string[] = [];
    for (let round = 0; round < 8; round++) seen.push(await readers(PAGE, 100));
    expect(seen.join()).toContain('stars red');
    const measured = Number.parseInt((await page.getByTestId('measured-v3').innerText()) || 'NaN', 10);
    expect(measured).toBeGreaterThanOrEqual(45);
    expect(measured).toBeLessThanOrEqual(55);
  }).toPass({ timeout: 100_000 });
  await picture('portal-split');
});

test('the change is rolled back from the history', async () => {
  await page.goto('/config/networking.istio.io/virtualservices/default/reviews');
  await expect(page.locator('.cm-content')).toContainText('weight: 50');
  await picture('portal-editor');
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('button', { name: /^Roll back to revision/ }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
  await expect(page.getByTestId('in-force')).toContainText(/In force on (\d+) of \1/);
  const { spec } = (await (await page.request.get(rule)).json()) as { spec: { http: { route: { destination: { subset: string } }[] }[] } };
  expect(spec.http[0]?.route.map(({ destination }) => destination.subset)).toEqual(['v1']);
  expect(await readers(PAGE, 50)).not.toContain('stars red');
});

test('a viewer reads, cannot write, and the API says 403', async ({ browser }) => {
  const token = (await context.cookies()).find(({ name }) => name === 'XSRF-TOKEN')?.value ?? '';
  const made = await page.request.post('/api/v1/users', {
    headers: { 'x-xsrf-token': token },
    data: { name: VIEWER.name, displayName: 'Vera', password: VIEWER.password, grants: [{ role: 'viewer', namespaces: ['*'] }] },
  });
  expect(made.status(), await made.text()).toBe(201);

  const theirs = await browser.newContext({ locale: 'en-US' });
  const viewer = await theirs.newPage();
  await viewer.goto('/services/default/reviews');
  await signIn(viewer, VIEWER.name, VIEWER.password);
  await expect(viewer.getByRole('button', { name: 'Review the change' })).toBeDisabled();
  await expect(viewer.getByText('Needs the role operator in default')).toBeVisible();
  const status = await viewer.evaluate(async (path) => {
    const header = document.cookie.split('; ').find((each) => each.startsWith('XSRF-TOKEN='))?.slice(11) ?? '';
    return (await fetch(path, { method: 'DELETE', headers: { 'x-xsrf-token': decodeURIComponent(header) } })).status;
  }, rule);
  expect(status).toBe(403);
  await theirs.close();
});
