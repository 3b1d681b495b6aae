import type { VNode } from 'preact';
import { dayInPakistan } from '../kernel/plain-date.ts';
import { type FlagPage, flagKind, type RefusalPage, refusalKind } from '../platform/book/notices.ts';
import { useOffice } from '../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../platform/design/phone/button.tsx';
import { Tag } from '../platform/design/phone/marks.tsx';
import { Empty, Notice, Strip } from '../platform/design/phone/notice.tsx';
import { Page } from '../platform/design/phone/page.tsx';
import type { MessageId } from '../platform/languages/message-id.generated.ts';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import type { PhoneBook } from '../platform/sync/client.ts';
import type { SyncState } from '../platform/sync/phone/sync-driver.ts';
import { flaggedPage } from './flagged-page.ts';

type NotSentProps = {
  readonly book: PhoneBook;
  readonly state: SyncState;
  readonly onSend: () => void;
  readonly redraw: () => void;
};

/** What was written, by the words of the register it belongs to. */
const said: Readonly<Record<string, MessageId>> = {
  'blood-donors.enlist': 'phone.did-enlist',
  'blood-donors.answer': 'phone.did-answer',
  'emergencies.open': 'phone.did-open',
  'emergencies.tell-outcome': 'phone.did-outcome',
};

/** What waits: pages not yet sent, pages that the office refused, and rules that something true has broken. None goes by itself. */
export function NotSent({ book, state, onSend, redraw }: NotSentProps): VNode {
  const words = useWords();
  const { copy, today, back, write, go } = useOffice();
  const unsent = copy.lines.filter(({ is, line }) => is.state === 'unsent' && line.command !== null);
  const refusals = [...copy.all<RefusalPage>(refusalKind)].filter(({ body }) => body.settled === null);
  const flags = [...copy.all<FlagPage>(flagKind)].filter(({ body }) => body.settled === null);
  const seen = new Set(refusals.map(({ id }) => id));
  const own = copy.lines.filter(({ is, line }) => is.state === 'refused' && !seen.has(`${line.seat}-${line.line}`));
  const what = (command: string | null) =>
    words.say((command !== null ? said[command] : undefined) ?? 'phone.did-something');
  const settle = (command: 'book.settle-refusal' | 'book.settle-flag', notice: string) => async () => {
    await write(command, { notice, how: 'seen' });
    const line = copy.lines.find((kept) => `${kept.line.seat}-${kept.line.line}` === notice);
    if (line?.is.state === 'refused') await book.settle(line.line.line);
    redraw();
  };
  const nothing = unsent.length + refusals.length + flags.length + own.length === 0;
  return (
    <Page
      title={words.say('phone.waiting')}
      back={back}
      help={words.say('phone.waiting-help')}
      strips={
        <Strip
          count={unsent.length}
          since={unsent[0] ? words.relativeDay(dayInPakistan(unsent[0].line.at), today) : ''}
          sending={state === 'syncing'}
          onSend={onSend}
        />
      }
      foot={
        unsent.length > 0 && (
          <ActionRow>
            <Button icon="relay" onClick={() => go('/handover')}>
              {words.say('phone.handover-open')}
            </Button>
          </ActionRow>
        )
      }
    >
      {nothing && <Empty icon="sent" title={words.say('phone.all-sent')} />}
      {refusals.map(({ id, body }) => (
        <section key={id} class="waiting">
          <h2>{what(body.command)}</h2>
          <Notice>{words.sayRefusal(body)}</Notice>
          <p class="muted">{words.day(body.on)}</p>
          <ActionRow>
            <Button icon="done" onClick={settle('book.settle-refusal', id)}>
              {words.say('phone.settle')}
            </Button>
          </ActionRow>
        </section>
      ))}
      {own.map(({ line, is }) => (
        <section key={line.line} class="waiting">
          <h2>{what(line.command)}</h2>
          {is.state === 'refused' && <Notice>{words.sayRefusal(is)}</Notice>}
          <ActionRow>
            <Button
              icon="done"
              onClick={() => {
                void book.settle(line.line).then(redraw);
              }}
            >
              {words.say('phone.settle')}
            </Button>
          </ActionRow>
        </section>
      ))}
      {flags.map(({ id, body }) => {
        const page = flaggedPage(copy, words, body.about);
        return (
          <section key={id} class="waiting">
            <h2>{words.say('phone.look-at')}</h2>
            <Notice tone="calm">{words.sayRefusal(body)}</Notice>
            {page && (
              <TouchRow boxed icon="register" onClick={() => go(page.path)}>
                {page.name}
              </TouchRow>
            )}
            <p class="muted">{words.day(body.on)}</p>
            <ActionRow>
              <Button icon="done" onClick={settle('book.settle-flag', id)}>
                {words.say('phone.looked')}
              </Button>
            </ActionRow>
          </section>
        );
      })}
      {unsent.length > 0 && (
        <ul class="rows">
          {unsent.map(({ line }) => (
            <li key={line.line}>
              <div class="row">
                <span class="n">{what(line.command)}</span>
                <Tag icon="saved" tone="wait">
                  {words.relativeDay(dayInPakistan(line.at), today)}
                </Tag>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
