import type { Page } from 'playwright-core';

/** Opens the desk with a name and a password, and waits until its pages can be chosen. */
export async function signInAtDesk(
  page: Page,
  url: string,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<void> {
  await page.goto(`${url}/desk`);
  await page.locator('input[name="name"]').fill(name);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
  await page.waitForSelector('.mast nav');
}
