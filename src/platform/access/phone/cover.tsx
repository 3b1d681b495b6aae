import { useRef, useState } from 'preact/hooks';
import { dayInPakistan } from '../../../kernel/plain-date.ts';
import { useWords } from '../../languages/phone/words-context.tsx';
import './cover.css';

type Item = { readonly text: string; readonly done: boolean };
const listKey = 'list';
/** How long the day's name is held before the door shows, in milliseconds. */
const holdFor = 800;

/**
 * Quick hide: a shopping list that really works, and nothing of Otaq: not its paper, not its letters, not its colour. Holding the
 * day's name leads back to the door, where the PIN is asked again.
 */
export function Cover({ onReturn }: { readonly onReturn: () => void }) {
  const words = useWords();
  const [items, setItems] = useState<readonly Item[]>(() => readList(words.say('access.list-first')));
  const [typed, setTyped] = useState('');
  const hold = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const keep = (changed: readonly Item[]) => {
    localStorage.setItem(listKey, JSON.stringify(changed));
    setItems(changed);
  };
  const start = () => {
    hold.current = setTimeout(onReturn, holdFor);
  };
  const stop = () => clearTimeout(hold.current);
  return (
    <div class="shopping" lang={words.language} dir={words.direction}>
      <header>
        <h1>{words.say('access.list')}</h1>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a way back that looks like nothing must not be announced as one. */}
        <span
          class="day"
          onPointerDown={start}
          onPointerUp={stop}
          onPointerLeave={stop}
          onContextMenu={(event) => event.preventDefault()}
        >
          {words.weekday(dayInPakistan(Date.now()))}
        </span>
      </header>
      <main>
        <ul>
          {items.map((item, at) => (
            <li key={`${at} ${item.text}`}>
              <label>
                <input
                  type="checkbox"
                  checked={item.done}
                  onChange={() => keep(items.map((other, i) => (i === at ? { ...other, done: !other.done } : other)))}
                />
                <span>{item.text}</span>
              </label>
            </li>
          ))}
        </ul>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const text = typed.trim();
            if (text === '') return;
            keep([...items.filter(({ done }) => !done), { text, done: false }]);
            setTyped('');
          }}
        >
          <input
            type="text"
            aria-label={words.say('access.list-more')}
            placeholder={words.say('access.list-more')}
            value={typed}
            dir="auto"
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </form>
      </main>
    </div>
  );
}

function readList(first: string): readonly Item[] {
  try {
    const kept = JSON.parse(localStorage.getItem(listKey) ?? 'null') as readonly Item[] | null;
    if (Array.isArray(kept)) return kept;
  } catch {
    // A list that cannot be read is an empty one.
  }
  return first.split(/[،,]\s*/).map((text) => ({ text, done: false }));
}
