import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A table; where it does not fit it is moved sideways by itself, with the keyboard too, and not the whole page. */
export function Table({ main, children }: { main?: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const around = frame.current;
    const table = around?.firstElementChild;
    if (!around || !table) return undefined;
    const observer = new ResizeObserver(() => setWide(table.scrollWidth > around.clientWidth + 1));
    observer.observe(around);
    observer.observe(table);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={frame} className={wide ? 'table-frame table-wide' : 'table-frame'} {...(wide ? { role: 'group', tabIndex: 0, 'aria-label': t('states.sideways') } : {})}>
      <table className={main ? 'table table-main' : 'table'}>{children}</table>
    </div>
  );
}
