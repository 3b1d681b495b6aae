import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { countHanded, linesToHandOver, takeInLines } from '../platform/book/phone/handed-over.ts';
import { useOffice } from '../platform/book/phone/office.tsx';
import type { PhoneDatabase } from '../platform/book/phone/phone-database.ts';
import { Button } from '../platform/design/phone/button.tsx';
import { Notice } from '../platform/design/phone/notice.tsx';
import { Page, Question } from '../platform/design/phone/page.tsx';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import type { PhoneBook } from '../platform/sync/client.ts';
import { mostHandoverBytes, readHandover, writeHandover } from '../platform/sync/handover.ts';

/** The name says nothing, as the program's own name does not. */
const fileName = 'notebook.txt';

type Said = { readonly text: string; readonly tone: 'care' | 'good' };

/** Pages that cannot be sent go by hand: as one file that only the office can read, to any other phone of the office. */
export function HandoverPage({
  database,
  book,
  onTaken,
}: {
  readonly database: PhoneDatabase;
  readonly book: PhoneBook;
  readonly onTaken: () => void;
}): VNode {
  const words = useWords();
  const { back } = useOffice();
  const [kept, setKept] = useState<number | null>(null);
  const [torn, setTorn] = useState(0);
  const [handed, setHanded] = useState(0);
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  useEffect(() => {
    void linesToHandOver(database).then((bundles) => {
      setKept(bundles.reduce((sum, { sealed }) => sum + sealed.length, 0));
      setTorn(bundles.reduce((sum, { torn = [] }) => sum + torn.length, 0));
    });
    void countHanded(database).then(setHanded);
  }, [database, said]);

  async function give(): Promise<void> {
    setBusy(true);
    const bundles = await book.giveAway(() => linesToHandOver(database));
    const file = new File([writeHandover(bundles)], fileName, { type: 'text/plain' });
    setSaid((await handOut(file)) ? { text: words.say('phone.handover-given'), tone: 'good' } : null);
    setBusy(false);
  }

  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    setBusy(true);
    try {
      const bundles = file.size > mostHandoverBytes ? null : readHandover(await file.text());
      if (bundles === null) setSaid({ text: words.say('phone.handover-none'), tone: 'care' });
      else {
        const count = await takeInLines(database, bundles);
        setSaid(
          count === 0
            ? { text: words.say('phone.handover-known'), tone: 'good' }
            : { text: words.say('phone.handover-taken', { count }), tone: 'good' },
        );
        if (count > 0) onTaken();
      }
    } catch {
      setSaid({ text: words.say('phone.could-not-save'), tone: 'care' });
    }
    if (picker.current) picker.current.value = '';
    setBusy(false);
  }

  const giving = words.say('phone.handover-give-question');
  const taking = words.say('phone.handover-take-question');
  return (
    <Page title={words.say('phone.handover')} back={back} help={words.say('phone.handover-help')}>
      {said && (
        <Notice tone={said.tone} icon={said.tone === 'good' ? 'done' : 'warn'}>
          <p role="status">{said.text}</p>
        </Notice>
      )}
      <section class="waiting handover">
        <Question spoken={giving}>{giving}</Question>
        <p class="muted">{words.say(kept === 0 ? 'phone.handover-nothing' : 'phone.handover-safe')}</p>
        {torn > 0 && <Notice tone="calm">{words.say('phone.handover-torn', { count: torn })}</Notice>}
        <Button icon="relay" busy={busy} disabled={!kept} onClick={() => void give()}>
          {words.say('phone.handover-give', { count: kept ?? 0 })}
        </Button>
      </section>
      <section class="waiting handover">
        <Question spoken={taking}>{taking}</Question>
        {handed > 0 && (
          <Notice tone="calm" icon="saved">
            {words.say('phone.handover-carried', { count: handed })}
          </Notice>
        )}
        <input ref={picker} type="file" hidden onChange={(event) => void take(event.currentTarget.files?.[0])} />
        <Button icon="saved" busy={busy} onClick={() => picker.current?.click()}>
          {words.say('phone.handover-take')}
        </Button>
      </section>
    </Page>
  );
}

/** By the phone's own way of sharing; where it has none, as a download. False when she thought better of it. */
export async function handOut(file: File): Promise<boolean> {
  if (navigator.canShare?.({ files: [file] }))
    try {
      await navigator.share({ files: [file] });
      return true;
    } catch (error) {
      if ((error as Error).name === 'AbortError') return false;
    }
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}
