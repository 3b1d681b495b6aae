/* Brings a list into an office: choose, look through, write. What is wrong stands beside the file until it is right. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { type DeskScreen, useAnswer, useDesk } from '../../../platform/access/desk/desk.tsx';
import { OfficePick } from '../../../platform/design/desk/office-pick.tsx';
import { Waiting } from '../../../platform/design/desk/waiting.tsx';
import { Button } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { OfficesAnswer } from '../../reports/desk-pages.ts';
import { toCsv } from '../../reports/sheet.ts';
import { type ImportAnswer, type ImportsAnswer, leaveHeader, type PreviewAnswer } from '../import-answers.ts';
import { fieldsOf, headingOf, headingsOfList, type ImportList, importLists } from '../list-columns.ts';
import { sayWrong } from '../wrong-rows.ts';
import './lists.css';

type Said<T> =
  | { readonly state: 'done'; readonly value: T }
  | { readonly state: 'signed-out' | 'no-such-office' | 'not-reached' }
  | { readonly state: 'refused'; readonly code: string };

async function askImports<T>(path: string, file?: Blob, leave = ''): Promise<Said<T>> {
  try {
    const answer = await fetch(`/api/desk/imports/${path}`, {
      ...(file && { method: 'POST', body: file }),
      ...(leave !== '' && { headers: { [leaveHeader]: leave } }),
    });
    if (answer.status === 401) return { state: 'signed-out' };
    if (answer.status === 404) return { state: 'no-such-office' };
    if (answer.status === 409)
      return { state: 'refused', code: ((await answer.json()) as { code?: string }).code ?? '' };
    return answer.ok ? { state: 'done', value: (await answer.json()) as T } : { state: 'not-reached' };
  } catch {
    return { state: 'not-reached' };
  }
}

const nothing = new Blob([]);

function ListsPage(): VNode {
  const words = useWords();
  const { signedOut } = useDesk();
  const offices = useAnswer<OfficesAnswer>('offices');
  const [number, setNumber] = useState<number | null>(null);
  const [list, setList] = useState<ImportList>('households');
  const [file, setFile] = useState<File | null>(null);
  const [leave, setLeave] = useState('');
  const [seen, setSeen] = useState<PreviewAnswer | null>(null);
  const [imports, setImports] = useState<ImportsAnswer | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  /** What the server answered, or null and a sentence for why not. */
  const take = <T,>(answer: Said<T>): T | null => {
    setBusy(false);
    if (answer.state === 'done') {
      setSaid(null);
      return answer.value;
    }
    if (answer.state === 'signed-out') signedOut();
    else if (answer.state === 'no-such-office') setSaid(words.say('exchange.no-such-office'));
    else if (answer.state !== 'refused') setSaid(words.say('exchange.not-reached'));
    else
      setSaid(words.say(answer.code === 'exchange.cannot.bad-leave' ? 'exchange.leave-wrong' : 'exchange.not-written'));
    return null;
  };
  const look = async () => {
    if (number === null) return;
    const answer = await askImports<ImportsAnswer>(String(number));
    if (answer.state === 'done') setImports(answer.value);
    else if (answer.state === 'signed-out') signedOut();
    else setImports(null);
  };
  useEffect(() => {
    setImports(null);
    setSeen(null);
    setSaid(null);
    void look();
  }, [number]);
  const moving = imports?.imports.some(({ state }) => state === 'writing' || state === 'taking-back') === true;
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => void look(), 1000);
    return () => clearInterval(timer);
  }, [moving, number]);

  const lookThrough = async () => {
    if (number === null || file === null) return;
    setBusy(true);
    const asked = new URLSearchParams({ what: list, language: words.language });
    setSeen(take(await askImports<PreviewAnswer>(`${number}/preview?${asked}`, file)));
  };
  const write = async (mode: 'all' | 'right-rows') => {
    if (number === null || file === null) return;
    setBusy(true);
    const asked = new URLSearchParams({ what: list, mode });
    if (take(await askImports(`${number}?${asked}`, file, leave))) setSeen(null);
    await look();
  };
  const goOn = async (seat: number) => {
    take(await askImports(`${number}/${seat}/continue`, nothing, leave));
    await look();
  };
  const takeBack = async (seat: number) => {
    setBusy(true);
    const done = take(await askImports<{ readonly stayed: number }>(`${number}/${seat}/take-back`, nothing));
    if (done) setSaid(words.say('exchange.stayed', done));
    await look();
  };

  if (offices === null || offices === 'not-there') return <Waiting />;
  const districts = new Map(offices.districts.map(({ office, names }) => [office, names]));
  const pickable = offices.offices.map(({ office, names, district }) => ({
    office,
    names,
    below: (district !== null && districts.get(district)) || null,
  }));
  const nameOf = (wanted: number) => {
    const found = offices.offices.find(({ office }) => office === wanted);
    return found ? nameIn(found.names, words.language) : String(wanted);
  };
  return (
    <>
      <div class="title">
        <h1>{words.say('exchange.bring')}</h1>
        <p>{words.say('exchange.bring-what')}</p>
      </div>
      {said && <Notice>{said}</Notice>}
      <div class="lists">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void lookThrough();
          }}
        >
          <OfficePick label={words.say('exchange.office')} offices={pickable} picked={number} onPick={setNumber} />
          <div class="field">
            <label for="list">{words.say('exchange.which-list')}</label>
            <select
              id="list"
              value={list}
              onChange={({ currentTarget }) => {
                setList(currentTarget.value as ImportList);
                setSeen(null);
              }}
            >
              {importLists.map((one) => (
                <option key={one} value={one}>
                  {words.say(`exchange.list.${one}`)}
                </option>
              ))}
            </select>
            <p>
              {words.say('exchange.headings', {
                headings: fieldsOf[list]
                  .map((field) => headingOf(field, words.language))
                  .join(words.language === 'en' ? ', ' : '، '),
              })}
            </p>
            <EmptyList list={list} />
          </div>
          <div class="field">
            <span class="label" id="file-asked">
              {words.say('exchange.file')}
            </span>
            {/* The browser's own button speaks the browser's language, and it has no Sindhi. */}
            <span class="file-pick">
              <input
                id="file"
                type="file"
                aria-labelledby="file-asked file-choose"
                accept=".csv,.txt,.xlsx"
                onChange={({ currentTarget }) => {
                  setFile(currentTarget.files?.[0] ?? null);
                  setSeen(null);
                }}
              />
              <label class="btn" for="file" id="file-choose">
                {words.say(file ? 'exchange.another-file' : 'exchange.choose-file')}
              </label>
            </span>
            {file && (
              <p class="file-name">
                <bdi>{file.name}</bdi>
              </p>
            )}
            <p>{words.say('exchange.file-what')}</p>
          </div>
          {imports?.needsLeave && (
            <Field
              label={words.say('exchange.leave-code')}
              meaning={words.say('exchange.needs-leave')}
              name="leave"
              value={leave}
              onInput={setLeave}
              numeric
            />
          )}
          <Button kind={seen ? 'plain' : 'go'} type="submit" busy={busy} disabled={number === null || file === null}>
            {words.say('exchange.look-through')}
          </Button>
        </form>
        <section>
          {seen && <Seen seen={seen} list={list} busy={busy} onWrite={(mode) => void write(mode)} />}
          {number !== null && imports && (
            <>
              <h2 class={seen ? 'h2 second' : 'h2'}>{words.say('exchange.imports-of', { office: nameOf(number) })}</h2>
              {imports.imports.length === 0 && <p class="note">{words.say('exchange.no-imports')}</p>}
              <ul class="brought">
                {imports.imports.map((one) => (
                  <li key={one.seat}>
                    <b>{words.say(`exchange.list.${one.list}`)}</b>
                    <Progress one={one} />
                    {one.state === 'written' && (
                      <Button busy={busy} onClick={() => void takeBack(one.seat)}>
                        {words.say('exchange.take-back')}
                      </Button>
                    )}
                    {one.state === 'waiting' && (
                      <Button disabled={leave.trim() === ''} onClick={() => void goOn(one.seat)}>
                        {words.say('exchange.go-on')}
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </div>
    </>
  );
}

/** The list with its headings and no row, to be filled in wherever it is typed. */
function EmptyList({ list }: { readonly list: ImportList }): VNode {
  const words = useWords();
  const [file, setFile] = useState<string>();
  useEffect(() => {
    const head = headingsOfList(list, words.language);
    const text = toCsv({ name: `otaq-${list}`, rightToLeft: words.direction === 'rtl', head, tags: null, rows: [] });
    const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    setFile(url);
    return () => URL.revokeObjectURL(url);
  }, [list, words.language]);
  return (
    <p>
      {file && (
        <a class="words" href={file} download={`${list}.csv`}>
          {words.say('exchange.empty-list')}
        </a>
      )}
    </p>
  );
}

function Progress({ one }: { readonly one: ImportAnswer }): VNode {
  const words = useWords();
  const { state, rows, done } = one;
  if (state === 'writing')
    return (
      <span>
        <progress value={done} max={rows} aria-label={words.say('exchange.state.writing', { done, rows })} />
        {words.say('exchange.state.writing', { done, rows })}
      </span>
    );
  return (
    <span>
      {state === 'written' ? words.say('exchange.state.written', { rows }) : words.say(`exchange.state.${state}`)}
    </span>
  );
}

/** What was found in the file. */
function Seen({
  seen,
  list,
  busy,
  onWrite,
}: {
  readonly seen: PreviewAnswer;
  readonly list: ImportList;
  readonly busy: boolean;
  readonly onWrite: (mode: 'all' | 'right-rows') => void;
}): VNode {
  const words = useWords();
  const [file, setFile] = useState<string | null>(null);
  useEffect(() => {
    if (seen.wrongFile === null) return setFile(null);
    const url = URL.createObjectURL(new Blob([seen.wrongFile], { type: 'text/csv' }));
    setFile(url);
    return () => URL.revokeObjectURL(url);
  }, [seen]);
  const several = (title: 'exchange.to-correct' | 'exchange.to-know', wrong: PreviewAnswer['wrong'], most: number) =>
    wrong.length > 0 && (
      <>
        <h2 class="h2 second">{words.say(title)}</h2>
        <ul class="wrongs">
          {wrong.slice(0, most).map((fault) => (
            <li key={`${fault.row} ${fault.column} ${fault.code}`}>{sayWrong(words, fault)}</li>
          ))}
        </ul>
        {wrong.length > most && <p class="note">{words.say('exchange.more', { count: wrong.length - most })}</p>}
      </>
    );
  return (
    <div role="status">
      <p class="seen">{words.say('exchange.seen', { rows: seen.rows, right: seen.right, wrong: seen.wrongRows })}</p>
      {seen.wrong.length === 0 && <p class="note">{words.say('exchange.all-right')}</p>}
      <div class="doings">
        {seen.wrong.length === 0 && (
          <Button kind="go" busy={busy} onClick={() => onWrite('all')}>
            {words.say('exchange.write-all', { count: seen.right })}
          </Button>
        )}
        {file && (
          <a class="btn" href={file} download={`${list}-wrong-rows.csv`}>
            {words.say('exchange.take-wrong')}
          </a>
        )}
        {seen.wrong.length > 0 && seen.right > 0 && (
          <Button busy={busy} onClick={() => onWrite('right-rows')}>
            {words.say('exchange.write-right', { count: seen.right })}
          </Button>
        )}
      </div>
      {several('exchange.to-correct', seen.wrong, 20)}
      {several('exchange.to-know', seen.notes, 4)}
    </div>
  );
}

export const listScreens: readonly DeskScreen[] = [{ path: '/lists', component: ListsPage }];
