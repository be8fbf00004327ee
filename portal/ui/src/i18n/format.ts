import { i18next } from './index';

const DASH = '–';

/** Three significant digits with an SI suffix: 0.42, 1.2 k, 31 M; what is more than nothing never reads as nothing. */
export function compact(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return DASH;
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 0.005) return value < 0 ? '>-0.01' : '<0.01';
  const [divisor, suffix] = size >= 1e9 ? [1e9, ' G'] : size >= 1e6 ? [1e6, ' M'] : size >= 1e4 ? [1e3, ' k'] : [1, ''];
  const scaled = value / divisor;
  const digits = Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
  return `${Number(scaled.toFixed(digits))}${suffix}`;
}

export function perSecond(value: number | null | undefined): string {
  return value === null || value === undefined ? DASH : `${compact(value)}/s`;
}

export function milliseconds(value: number | null | undefined): string {
  if (value === null || value === undefined) return DASH;
  return value >= 1000 ? `${compact(value / 1000)} s` : `${compact(value)} ms`;
}

export function bytesPerSecond(value: number | null | undefined): string {
  return value === null || value === undefined ? DASH : `${compact(value)}B/s`.replace(/(\d)B/, '$1 B');
}

/** A share of one as a percentage; a little never reads as nothing, and nearly all never as all. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return DASH;
  const value = share * 100;
  if (value === 0) return '0 %';
  if (value < 0.1) return '<0.1 %';
  if (value < 100 && value >= 99.95) return '>99.9 %';
  return `${Number(value.toFixed(value < 10 || (value >= 99 && value < 100) ? 1 : 0))} %`;
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "3 minutes ago", "in 2 hours", in the chosen language. */
export function relative(instant: string | number | Date, now = Date.now()): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(i18next.language, { numeric: 'auto', style: 'short' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(Math.trunc(seconds), 'second');
}

export function absolute(instant: string | number | Date): string {
  return new Intl.DateTimeFormat(i18next.language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(instant));
}

export function clock(instant: string | number | Date): string {
  return new Intl.DateTimeFormat(i18next.language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(
    new Date(instant),
  );
}
