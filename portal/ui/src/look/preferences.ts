import { useSyncExternalStore } from 'react';
import { type Language, languageOfBrowser, loadLanguage } from '../i18n';

export type Theme = 'auto' | 'light' | 'dark';
export type Density = 'compact' | 'comfortable';

/** What a person has chosen for this browser. It is no state of a page, so it is not in the URL. */
export interface Preferences {
  readonly theme: Theme;
  readonly language: Language | 'auto';
  readonly density: Density;
  readonly shortcuts: boolean;
}

const KEY = 'lateen.preferences';
const INITIAL: Preferences = { theme: 'auto', language: 'auto', density: 'comfortable', shortcuts: true };

function stored(): Preferences {
  try {
    return { ...INITIAL, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return INITIAL; // what is there is not ours, or storage is switched off
  }
}

let current = INITIAL;
const listeners = new Set<() => void>();
const dark = () => matchMedia('(prefers-color-scheme: dark)');

function show(): void {
  const root = document.documentElement;
  root.dataset.theme = current.theme === 'auto' ? (dark().matches ? 'dark' : 'light') : current.theme;
  root.dataset.density = current.density;
}

/** Reads the choices and shows them; before the first picture, so that it does not flash. */
export async function startPreferences(): Promise<void> {
  current = stored();
  show();
  dark().addEventListener('change', show);
  await loadLanguage(current.language === 'auto' ? languageOfBrowser() : current.language);
}

/** Changes a choice, shows it and keeps it. */
export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // It holds until the page is closed.
  }
  show();
  if (change.language) void loadLanguage(change.language === 'auto' ? languageOfBrowser() : change.language);
  listeners.forEach((listener) => listener());
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
