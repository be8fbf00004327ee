import type { ReactNode } from 'react';
import { absolute, relative } from '../i18n/format';
import { Icon, type IconName } from './Icon';

export type Tone = 'ok' | 'warn' | 'bad' | 'quiet' | 'denied' | 'accent';

const ICONS: Record<Tone, IconName | null> = { ok: 'check', warn: 'warn', bad: 'bad', quiet: null, denied: 'close', accent: null };

/** A state in a word, never by its colour alone. */
export function Chip({ tone, children, plain }: { tone: Tone; children: ReactNode; plain?: boolean }) {
  const icon = plain ? null : ICONS[tone];
  return (
    <span className={`chip chip-${tone}`}>
      {icon ? <Icon name={icon} size={13} /> : null}
      {children}
    </span>
  );
}

/** How long ago; the exact time when asked. */
export function Ago({ at }: { at: string | number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute(at)}>
      {relative(at)}
    </time>
  );
}
