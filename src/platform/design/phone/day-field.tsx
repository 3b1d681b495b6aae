import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { addDays, type PlainDate } from '../../../kernel/plain-date.ts';
import { parseDate } from '../../languages/format.ts';
import { useWords } from '../../languages/phone/words-context.tsx';
import { Field, PickGrid } from './field.tsx';

type DayFieldProps = {
  readonly label: string;
  readonly today: PlainDate;
  readonly day: PlainDate | null;
  /** Null while what is typed is no day. */
  readonly onDay: (day: PlainDate | null) => void;
};

/** Today, yesterday, or a day typed as people write it. What was understood is said back in words. */
export function DayField({ label, today, day, onDay }: DayFieldProps): VNode {
  const words = useWords();
  const yesterday = addDays(today, -1);
  const [typing, setTyping] = useState(day !== null && day !== today && day !== yesterday);
  const [typed, setTyped] = useState(typing && day !== null ? day.split('-').reverse().join('/') : '');
  const picked = typing ? 'another' : day;
  return (
    <>
      <PickGrid
        look="answer"
        label={label}
        picked={picked}
        onPick={(choice) => {
          setTyping(choice === 'another');
          onDay(choice === 'another' ? parseDate(typed) : choice);
        }}
        choices={[
          { value: today as string, label: words.relativeDay(today, today) },
          { value: yesterday as string, label: words.relativeDay(yesterday, today) },
          { value: 'another', label: words.say('design.another-day') },
        ]}
      />
      {typing && (
        <Field
          label={label}
          example="24/11/2026"
          numeric
          value={typed}
          onInput={(text) => {
            setTyped(text);
            onDay(parseDate(text));
          }}
          error={typed.length >= 8 && day === null ? words.say('design.no-such-day', { typed }) : null}
        />
      )}
      {typing && day !== null && <p>{words.date(day)}</p>}
    </>
  );
}
