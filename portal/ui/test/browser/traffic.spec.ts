import { expect, resync, signIn, test } from './portal';

const node = (id: string) => `[data-node="default/${id}"]`;

test('the graph is walked with the keyboard alone', async ({ page }) => {
  await signIn(page);
  await page.goto('/traffic');
  await page.locator(node('productpage-v1')).waitFor();
  await expect(page.locator('[data-node][tabindex="0"]')).toHaveCount(1);
  await page.locator('[data-node][tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator(node('ingressgateway'))).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator(node('productpage-v1'))).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('drawer')).toContainText('Comes in');
  await expect(page).toHaveURL(/selected=/);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('drawer')).toHaveCount(0);
});

test('labels cover neither nodes nor each other', async ({ page }) => {
  await signIn(page);
  await page.goto('/traffic');
  await expect(page.locator('.edge-label')).toHaveCount(8);
  const boxes = await page.locator('.edge-label, [data-node]').evaluateAll((elements) =>
    elements.map((element) => ({ name: element.textContent, ...element.getBoundingClientRect().toJSON() })),
  );
  const covered = boxes.flatMap((one, at) =>
    boxes.slice(at + 1).filter((other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom).map((other) => `${one.name} and ${other.name}`),
  );
  expect(boxes).toHaveLength(16);
  expect(covered).toEqual([]);
});

test('what is shown is in the URL, and Back closes the drawer', async ({ page }) => {
  await signIn(page);
  await page.goto('/traffic?window=15m');
  await page.locator(node('reviews-v3')).click();
  await expect(page.getByTestId('drawer')).toContainText('reviews-v3');
  await page.getByText('Table', { exact: true }).click();
  await page.reload();
  await expect(page.getByTestId('drawer')).toContainText('reviews-v3');
  await expect(page.locator('.table-main').getByRole('row')).toHaveCount(9);
  await page.goBack();
  await expect(page.getByTestId('drawer')).toHaveCount(0);
});

test('the table says what the picture says', async ({ page }) => {
  await signIn(page);
  await page.goto('/traffic?view=table');
  const row = page.getByRole('row').filter({ hasText: 'reviews-v3' }).first();
  await expect(row).toContainText('Degraded');
  await expect(row).toContainText('2.4/s');
  await expect(row).toContainText('mTLS');
  await row.getByRole('button', { name: 'productpage-v1' }).click();
  await expect(page.getByTestId('drawer')).toContainText('503');
});

test('nothing moves when the figures are asked for again', async ({ page }) => {
  await signIn(page);
  await page.goto('/traffic');
  await page.locator(node('reviews-v3')).waitFor();
  const before = await page.locator(node('reviews-v3')).boundingBox();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const again = page.waitForResponse((response) => response.url().includes('/api/v1/graph'));
  await resync(page);
  await again;
  await page.getByText('15 min').click();
  await expect(page.getByText('over 15 min')).toBeVisible();
  expect(await page.locator(node('reviews-v3')).boundingBox()).toEqual(before);
});

test('one service is looked at with its neighbours', async ({ page }) => {
  await signIn(page);
  await page.goto('/traffic');
  await page.locator(node('ratings-v1')).focus();
  await page.keyboard.press('f');
  await expect(page.locator('[data-node]')).toHaveCount(3);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(page.locator('[data-node]')).toHaveCount(8);
  await page.getByRole('searchbox').fill('reviews');
  await expect(page.locator('.box:not(.box-dimmed)')).toHaveCount(3);
});

test('many calls are drawn on one canvas, and it is not blank', async ({ page }) => {
  await signIn(page, { user: 'big' });
  await page.goto('/traffic');
  const canvas = page.getByTestId('edges-canvas');
  await canvas.waitFor();
  await expect(page.locator('[data-node]')).toHaveCount(120);
  const coloured = await canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    let count = 0;
    for (let at = 3; at < data.length; at += 4) if (data[at]! > 0) count++;
    return count;
  });
  expect(coloured).toBeGreaterThan(5_000);
});

test('the graph can be taken elsewhere', async ({ page }) => {
  await signIn(page);
  await page.goto('/traffic?window=1h');
  await expect(page.getByRole('link', { name: 'DOT' })).toHaveAttribute('href', '/api/mixer/lateen/v1/graph?window=1h&format=dot');
});

test('a server that went away: the last picture stays and says how old it is', async ({ page }) => {
  await signIn(page);
  await page.goto('/traffic?view=table');
  await expect(page.locator('.table-main').getByRole('row')).toHaveCount(9);
  await page.route('**/api/v1/graph**', (route) => route.fulfill({ status: 503, json: { title: 'the mixer does not answer', status: 503 } }));
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await resync(page);
  await expect(page.getByText(/not answered since/)).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.table-main').getByRole('row')).toHaveCount(9);
});
