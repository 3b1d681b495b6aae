import type { VNode } from 'preact';
import { PickGrid } from '../../../platform/design/phone/field.tsx';
import { Sheet } from '../../../platform/design/phone/sheet.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Left } from '../household.ts';

type LeavingProps = {
  readonly open: boolean;
  readonly ways: readonly Left['how'][];
  readonly onClose: () => void;
  readonly onTell: (how: Left['how']) => Promise<void>;
};

/** How somebody is no longer here. It is written with the day of today, and can be taken back. */
export function LeavingSheet({ open, ways, onClose, onTell }: LeavingProps): VNode {
  const words = useWords();
  return (
    <Sheet open={open} title={words.say('people.how-left')} onClose={onClose}>
      <PickGrid
        label={words.say('people.how-left')}
        picked={null}
        onPick={(how: Left['how']) => void onTell(how)}
        choices={ways.map((value) => ({
          value,
          icon: value === 'died' ? 'absent' : 'next',
          label: words.say(`people.${value}`),
        }))}
      />
    </Sheet>
  );
}
