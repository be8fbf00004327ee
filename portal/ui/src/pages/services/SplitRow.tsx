import { Button, Group, Input, NumberField, Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useMayWrite } from '../../api/session';
import { milliseconds, percent, perSecond } from '../../i18n/format';
import { Icon } from '../../parts/Icon';
import type { Traffic } from './traffic';

/** One version's share: a slider and a field that say the same, and what is measured of it. */
export function SplitRow({ at, version, namespace, weight, measured, traffic, onChange }: {
  at: number;
  version: string;
  namespace: string;
  weight: number;
  measured: number | null;
  traffic: Traffic | undefined;
  onChange: (weight: number) => void;
}) {
  const { t } = useTranslation();
  const may = useMayWrite(namespace);
  const label = t('split.share', { version });
  return (
    <div className="split-row" data-version={version}>
      <span className="split-version">
        <span className={`split-dot split-part-${(at % 5) + 1}`} aria-hidden="true" />
        {version}
      </span>
      <Slider className="slider" aria-label={label} value={weight} minValue={0} maxValue={100} step={1} isDisabled={!may} onChange={onChange}>
        <SliderTrack className="slider-track">
          <span className={`slider-fill split-part-${(at % 5) + 1}`} style={{ width: `${weight}%` }} aria-hidden="true" />
          <SliderThumb className="slider-thumb" />
        </SliderTrack>
      </Slider>
      <NumberField className="number-field" aria-label={label} value={weight} minValue={0} maxValue={100} isDisabled={!may} onChange={onChange}>
        <Group className="number-group">
          <Button slot="decrement" className="number-step">
            <Icon name="minus" size={13} />
          </Button>
          <Input />
          <span className="number-unit" aria-hidden="true">
            %
          </span>
          <Button slot="increment" className="number-step">
            <Icon name="plus" size={13} />
          </Button>
        </Group>
      </NumberField>
      <span className="split-measured" data-testid={`measured-${version}`}>
        {measured === null ? '–' : `${measured} %`}
        <small>
          {perSecond(traffic?.requestsPerSecond ?? 0)} · {percent(traffic?.errorRate)} · {milliseconds(traffic?.p95)}
        </small>
      </span>
    </div>
  );
}
