import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

type LaneProps = {
  readonly icon: IconName;
  readonly title: ComponentChildren;
  /** The call button at the end of the lane. */
  readonly call?: ComponentChildren;
  readonly children: ComponentChildren;
};

/** One of the three things that start together: transport, facility, blood. */
export function Lane({ icon, title, call, children }: LaneProps): VNode {
  return (
    <section class="lane">
      <Icon name={icon} />
      <div>
        <h2>{title}</h2>
        {children}
      </div>
      {call}
    </section>
  );
}

const drop = 'M10 2.5c4 4.8 7 8.2 7 12.4a7 7 0 0 1-14 0c0-4.2 3-7.6 7-12.4z';

/** One drop a bottle: full has arrived, half is coming, empty is still to find. Above six it is only said. */
export function Drops({
  needed,
  arrived,
  coming,
}: {
  readonly needed: number;
  readonly arrived: number;
  readonly coming: number;
}): VNode | null {
  const words = useWords();
  if (needed > 6) return null;
  const missing = Math.max(0, needed - arrived - coming);
  return (
    <span class="drops" role="img" aria-label={words.say('design.drops', { arrived, coming, missing })}>
      {Array.from({ length: needed }, (_, at) => (
        <svg key={at} viewBox="0 0 20 25" aria-hidden="true">
          {at >= arrived && at < arrived + coming && <path class="half" d="M3.2 13.5h13.6a7 7 0 1 1-13.6 0z" />}
          <path class={at < arrived ? 'full' : undefined} d={drop} />
        </svg>
      ))}
    </span>
  );
}

/** How long it has been running, as "7 minutes": 07:43 would read as a time of day. `since` and the clock are milliseconds since 1970. */
export function Clock({ since, now = Date.now }: { readonly since: number; readonly now?: () => number }): VNode {
  const words = useWords();
  const [moment, setMoment] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setMoment(now()), 5_000);
    return () => clearInterval(timer);
  }, [now]);
  const [count = '', ...unit] = words.duration(Math.max(0, Math.floor((moment - since) / 60_000))).split('\u00a0');
  return (
    <p class="clock" role="timer">
      <bdi class="fig">{count}</bdi> <span>{unit.join(' ')}</span>
    </p>
  );
}
