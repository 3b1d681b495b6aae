import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { nameIn } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { DayField } from '../../../platform/design/phone/day-field.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { Keypad, Steps } from '../../../platform/design/phone/keypad.tsx';
import { ListenMark, SavedMark, SentMark } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Words } from '../../../platform/languages/say.ts';
import { type Organization, organizationKind } from '../../organizations/organization.ts';
import { sayOrganization } from '../../organizations/say-organization.ts';
import { type CutOffSheet, cutOffSheetKind, moreOutThanIn } from '../cut-off-sheet.ts';

const money = ['savings', 'loans', 'cash'] as const;
const counts = ['openResolutions', 'donors'] as const;
const lines = [...money, ...counts] as const;
type Line = (typeof lines)[number];
const wordOf = {
  savings: 'office.savings',
  loans: 'office.loans',
  cash: 'office.cash',
  openResolutions: 'office.open-resolutions',
  donors: 'office.donors',
} as const;
const askOf = {
  savings: 'office.ask-savings',
  loans: 'office.ask-loans',
  cash: 'office.ask-cash',
  openResolutions: 'office.ask-open-resolutions',
  donors: 'office.ask-donors',
} as const;
/** Rupees of nine digits are more than any CO holds. */
const mostDigits = 9;

const isMoney = (line: Line): line is (typeof money)[number] =>
  line === 'savings' || line === 'loans' || line === 'cash';

/** A line of the sheet as it is read aloud: money in rupees, the rest as a number. */
function amountOf(words: Words, sheet: CutOffSheet, line: Line): string {
  return isMoney(line) ? words.rupees(sheet[line].paisa) : words.number(sheet[line].count);
}

/** The balances of the old books of one CO: as written, or the way to write them and to read them aloud. */
export function CutOffPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go } = useOffice();
  const id = params.id ?? '';
  const co = copy.get<Organization>(organizationKind, id);
  const [sheet] = copy.find<CutOffSheet>(cutOffSheetKind, 'organization', id);
  const name = co ? sayOrganization(words, co.body) : '';
  const spoken = sheet
    ? lines.map((line) => `${words.say(wordOf[line])}: ${amountOf(words, sheet.body, line)}`).join('. ')
    : words.say('office.no-sheet-yet');
  const out = sheet ? moreOutThanIn(sheet.body) : 0;
  return (
    <Page
      title={words.say('office.cut-off')}
      subtitle={name}
      back={back}
      help={words.say('office.cut-off-help')}
      foot={
        sheet?.body.readAloud ? undefined : (
          <ActionRow>
            {sheet && (
              <Button icon="register" onClick={() => go(`/organizations/${id}/cut-off/write`)}>
                {words.say('office.write-again')}
              </Button>
            )}
            <Button
              kind="go"
              icon={sheet ? 'listen' : 'register'}
              onClick={() => go(`/organizations/${id}/cut-off/${sheet ? 'aloud' : 'write'}`)}
            >
              {words.say(sheet ? 'office.read-aloud' : 'office.write-sheet')}
            </Button>
          </ActionRow>
        )
      }
    >
      <Question spoken={spoken}>
        {sheet ? words.say('office.closed-on', { on: sheet.body.on }) : words.say('office.no-sheet-yet')}
      </Question>
      {sheet?.body.readAloud && (
        <Notice tone="good" icon="done">
          {words.say('office.live-since', {
            on: sheet.body.readAloud.on,
            reader: sheet.body.readAloud.reader,
            count: sheet.body.readAloud.heardBy,
          })}
        </Notice>
      )}
      {out > 0 && <Notice>{words.say('office.more-out-than-in', { paisa: out })}</Notice>}
      {sheet && (
        <>
          <Balances sheet={sheet.body} />
          {copy.isConfirmed(cutOffSheetKind.kind, sheet.id) ? <SentMark /> : <SavedMark />}
        </>
      )}
    </Page>
  );
}

function Balances({ sheet }: { readonly sheet: CutOffSheet }): VNode {
  const words = useWords();
  return (
    <ul class="rows">
      {lines.map((line) => (
        <li key={line}>
          <div class="row">
            <span class="n">
              {words.say(wordOf[line])}
              {sheet[line].bookPage !== '' && <small>{words.say('office.page', { page: sheet[line].bookPage })}</small>}
            </span>
            <Ltr class="fig balance">{amountOf(words, sheet, line)}</Ltr>
          </div>
        </li>
      ))}
    </ul>
  );
}

type Typed = { readonly digits: string; readonly page: string };

function typedOf(sheet: CutOffSheet | undefined): Readonly<Record<Line, Typed>> {
  const of = (line: Line): Typed => {
    if (!sheet) return { digits: '', page: '' };
    const value = isMoney(line) ? Math.floor(sheet[line].paisa / 100) : sheet[line].count;
    return { digits: value === 0 ? '' : String(value), page: sheet[line].bookPage };
  };
  return {
    savings: of('savings'),
    loans: of('loans'),
    cash: of('cash'),
    openResolutions: of('openResolutions'),
    donors: of('donors'),
  };
}

/** One balance a page, in the largest digits there are; then the day on which the old books were closed. */
export function WriteCutOff({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, today } = useOffice();
  const { said, busy, put } = useWriting();
  const id = params.id ?? '';
  const co = copy.get<Organization>(organizationKind, id);
  const [before] = copy.find<CutOffSheet>(cutOffSheetKind, 'organization', id);
  const [at, setAt] = useState(0);
  const [typed, setTyped] = useState(() => typedOf(before?.body));
  const [day, setDay] = useState<string | null>(before?.body.on ?? today);
  const [into, setInto] = useState<keyof Typed>('digits');
  const line = lines[at];
  const set = (change: Partial<Typed>) => line && setTyped({ ...typed, [line]: { ...typed[line], ...change } });
  const amount = (of: Line) => Number(typed[of].digits || '0');
  const sayAmount = (of: Line) => (isMoney(of) ? words.rupees(amount(of) * 100) : words.number(amount(of)));
  const next = () => {
    setInto('digits');
    setAt(at + 1);
  };
  async function save(): Promise<void> {
    const sheet = Object.fromEntries(
      lines.map((of) => [
        of,
        isMoney(of)
          ? { paisa: amount(of) * 100, bookPage: typed[of].page.trim() }
          : { count: amount(of), bookPage: typed[of].page.trim() },
      ]),
    );
    const done = words.say('office.sheet-written', { name: co ? sayOrganization(words, co.body) : '' });
    if ((await put('office.write-cut-off', { organization: id, on: day, ...sheet }, done)) !== null) back();
  }
  const question = line ? words.say(askOf[line]) : words.say('office.ask-closed-on');
  return (
    <Page
      title={words.say('office.cut-off')}
      subtitle={co && sayOrganization(words, co.body)}
      back={at === 0 ? back : () => setAt(at - 1)}
      help={words.say('office.cut-off-help')}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon={line ? 'next' : 'done'}
            iconAfter={line !== undefined}
            disabled={!line && day === null}
            busy={busy}
            onClick={() => (line ? next() : void save())}
          >
            {words.say(line ? 'design.next' : 'organizations.save')}
          </Button>
        </ActionRow>
      }
    >
      <Steps at={at + 1} of={lines.length + 1} />
      <Question spoken={question}>{question}</Question>
      {line ? (
        <>
          <div class="typed">
            {(['digits', 'page'] as const).map((box) => (
              <button type="button" key={box} aria-pressed={into === box} onClick={() => setInto(box)}>
                <span>{words.say(box === 'page' ? 'office.book-page' : wordOf[line])}</span>
                <Ltr class="fig">{box === 'page' ? typed[line].page || '–' : sayAmount(line)}</Ltr>
              </button>
            ))}
          </div>
          <Keypad
            hundreds={into === 'digits' && isMoney(line)}
            onDigit={(digit) => {
              const digits = `${typed[line][into]}${toLatinDigits(digit)}`.replace(/^0+/, '');
              if (digits.length <= (into === 'digits' && isMoney(line) ? mostDigits : 4)) set({ [into]: digits });
            }}
            onErase={() => set({ [into]: typed[line][into].slice(0, -1) })}
          />
        </>
      ) : (
        <>
          {said && <Notice>{said}</Notice>}
          <DayField label={question} today={today} day={day} onDay={setDay} />
          <ul class="rows">
            {lines.map((of) => (
              <li key={of}>
                <div class="row">
                  <span class="n">{words.say(wordOf[of])}</span>
                  <Ltr class="fig">{sayAmount(of)}</Ltr>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

/** The balances are read to the members; whoever read them, and how many heard, makes the CO live. */
export function ReadAloudPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, go, back, me, today } = useOffice();
  const { said, busy, put } = useWriting();
  const id = params.id ?? '';
  const co = copy.get<Organization>(organizationKind, id);
  const [sheet] = copy.find<CutOffSheet>(cutOffSheetKind, 'organization', id);
  const [reader, setReader] = useState(nameIn(me.names, words.language));
  const [heard, setHeard] = useState('');
  const [day, setDay] = useState<string | null>(today);
  const heardBy = Number(toLatinDigits(heard).replace(/\D/g, '') || '0');
  const name = co ? sayOrganization(words, co.body) : '';
  if (!sheet)
    return (
      <Page title={words.say('office.read-aloud')} back={back}>
        <Notice>{words.say('office.no-sheet-yet')}</Notice>
      </Page>
    );
  const spoken = [
    name,
    ...lines.map((line) => `${words.say(wordOf[line])}: ${amountOf(words, sheet.body, line)}`),
    words.say('office.is-it-right'),
  ].join('. ');
  async function save(): Promise<void> {
    const input = { sheet: sheet?.id, on: day, reader: reader.trim(), heardBy };
    if ((await put('office.read-aloud', input, words.say('office.now-live', { name }))) !== null)
      go(`/organizations/${id}/cut-off`, 'instead');
  }
  return (
    <Page
      title={words.say('office.read-aloud')}
      subtitle={name}
      back={back}
      help={words.say('office.read-aloud-help')}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon="done"
            busy={busy}
            disabled={reader.trim() === '' || heardBy === 0 || day === null}
            onClick={() => void save()}
          >
            {words.say('office.heard-and-right')}
          </Button>
        </ActionRow>
      }
    >
      <div class="ask">
        <h2>{words.say('office.read-this')}</h2>
        <ListenMark text={spoken} ring />
      </div>
      <Balances sheet={sheet.body} />
      <Field label={words.say('office.who-read')} value={reader} onInput={setReader} />
      <Field label={words.say('office.how-many-heard')} numeric value={heard} onInput={setHeard} />
      <DayField label={words.say('office.which-day')} today={today} day={day} onDay={setDay} />
      {said && <Notice>{said}</Notice>}
      <TouchRow boxed icon="cross" onClick={() => go(`/organizations/${id}/cut-off/write`, 'instead')}>
        {words.say('office.not-right')}
      </TouchRow>
    </Page>
  );
}
