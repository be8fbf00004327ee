import { useTranslation } from 'react-i18next';
import { Sheet } from '../parts/Sheet';

const KEYS = [
  { group: 'help.everywhere', keys: [['Ctrl K', 'help.palette'], ['?', 'help.this'], ['/', 'help.find'], ['Esc', 'help.close']] },
  {
    group: 'help.go',
    keys: [['g o', 'nav.overview'], ['g t', 'nav.traffic'], ['g s', 'nav.services'], ['g c', 'nav.config'], ['g p', 'nav.settings']],
  },
  {
    group: 'help.graph',
    keys: [
      ['← →', 'help.along'], ['↑ ↓', 'help.beside'], ['Enter', 'help.details'], ['f', 'help.focus'],
      ['+ −', 'help.zoom'], ['0', 'help.fit'],
    ],
  },
  { group: 'help.editor', keys: [['Ctrl Space', 'help.complete'], ['Ctrl S', 'help.review'], ['Esc Tab', 'help.leave']] },
] as const;

/** Which key does what. */
export function Help({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Sheet title={t('help.title')} onClose={onClose}>
      <div className="help">
        {KEYS.map(({ group, keys }) => (
          <section key={group}>
            <h3>{t(group)}</h3>
            <dl>
              {keys.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    {key.split(' ').map((each) => (
                      <kbd key={each}>{each}</kbd>
                    ))}
                  </dt>
                  <dd>{t(what)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  );
}
