import { type ComponentChildren, Fragment, type VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { useDesk } from '../../../platform/access/desk/desk.tsx';
import { Button } from '../../../platform/design/phone/button.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { compareNames } from '../../../platform/languages/collation.ts';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Shown } from '../held-back.ts';
import type { SheetCell } from '../sheet.ts';
import { type FileKind, saveSheet } from './save-file.ts';

export type Column<Row> = {
  readonly key: string;
  readonly head: string;
  /** A second, smaller line of the head. */
  readonly under?: string;
  /** A tag of the Humanitarian Exchange Language. */
  readonly tag: string;
  /** What is written into a file, and sorted by. */
  readonly value: (row: Row) => Shown | string | null;
  /** What is drawn, where it is more than the value. */
  readonly draw?: (row: Row) => ComponentChildren;
  readonly text?: true;
  /** The head is a sign that never turns over: a blood group. */
  readonly ltr?: boolean;
};

type LedgerProps<Row> = {
  /** What the table is, for those who hear it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  /** The last line: sums. */
  readonly foot?: Row;
  /** What its files are called, after `otaq-` and before the day. Without it there are none. */
  readonly file?: string;
  readonly sortable?: boolean;
  /** The part of the table that a line belongs to: said above the first of each. */
  readonly groupOf?: (row: Row) => string;
  readonly class?: string;
};

/** A ruled table: the first column names the line. Large tables are sorted by touching a head, and saved as XLSX or CSV. */
export function Ledger<Row>({
  caption,
  columns,
  rows,
  rowKey,
  foot,
  file,
  sortable,
  groupOf,
  class: extra,
}: LedgerProps<Row>): VNode {
  const words = useWords();
  const [sort, setSort] = useState<{ readonly key: string; readonly down: boolean } | null>(null);
  const sorted = useMemo(() => {
    const column = columns.find(({ key }) => key === sort?.key);
    if (!column || !sort) return rows;
    const compare = compareNames(words.language);
    const order = (a: Shown | string | null, b: Shown | string | null): number => {
      const number = (value: Shown | string | null) => (value === 'few' ? 2.5 : value === null ? -1 : value);
      const [x, y] = [number(a), number(b)];
      return typeof x === 'number' && typeof y === 'number' ? x - y : compare(String(x), String(y));
    };
    const up = [...rows].sort((a, b) => order(column.value(a), column.value(b)));
    return sort.down ? up.reverse() : up;
  }, [rows, sort, columns, words.language]);
  const heads = columns.map(({ key, head, under, text, ltr }, i) => {
    const shown = ltr ? <Ltr>{head}</Ltr> : head;
    return (
      <th
        scope="col"
        key={key}
        class={text || i === 0 ? 'text' : undefined}
        aria-sort={sort?.key === key ? (sort.down ? 'descending' : 'ascending') : undefined}
      >
        {sortable ? (
          <button
            type="button"
            title={words.say('reports.sort-by', { column: head })}
            onClick={() => setSort((was) => ({ key, down: was?.key === key ? !was.down : !text && i > 0 }))}
          >
            {shown}
            {under && <small>{under}</small>}
          </button>
        ) : (
          <>
            {shown}
            {under && <small>{under}</small>}
          </>
        )}
      </th>
    );
  });
  const line = (row: Row) =>
    columns.map((column, i) => {
      const drawn = column.draw ? column.draw(row) : <Count shown={column.value(row)} />;
      return i === 0 ? (
        <th scope="row" key={column.key}>
          {drawn}
        </th>
      ) : (
        <td key={column.key} class={column.text ? 'text' : undefined}>
          {drawn}
        </td>
      );
    });
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keys. */}
      <section class="wide" aria-label={caption} tabIndex={0}>
        <table class={`ledger counts${extra ? ` ${extra}` : ''}`}>
          <caption class="away">{caption}</caption>
          <thead>
            <tr>{heads}</tr>
          </thead>
          <tbody>
            {sorted.map((row, i) => {
              const part = groupOf?.(row);
              const before = sorted[i - 1];
              const begins = part !== undefined && (before === undefined || groupOf?.(before) !== part);
              return (
                <Fragment key={rowKey(row)}>
                  {begins && (
                    <tr class="grp">
                      <th scope="rowgroup" colSpan={columns.length}>
                        {part}
                      </th>
                    </tr>
                  )}
                  <tr>{line(row)}</tr>
                </Fragment>
              );
            })}
          </tbody>
          {foot !== undefined && (
            <tfoot>
              <tr>{line(foot)}</tr>
            </tfoot>
          )}
        </table>
      </section>
      {file && (
        <Files caption={caption} columns={columns} rows={foot === undefined ? sorted : [...sorted, foot]} file={file} />
      )}
    </>
  );
}

/** A count as it may be read; a word or nothing otherwise. */
export function Count({ shown }: { readonly shown: Shown | string | null }): VNode {
  const words = useWords();
  if (shown === 'few') return <span class="few">{words.say('reports.few')}</span>;
  if (shown === null) return <span class="nil">–</span>;
  if (shown === 0) return <span class="nil">·</span>;
  return typeof shown === 'number' ? <Ltr>{words.number(shown)}</Ltr> : <bdi>{shown}</bdi>;
}

function Files<Row>({
  columns,
  rows,
  file,
}: Pick<LedgerProps<Row>, 'caption' | 'columns' | 'rows'> & { readonly file: string }): VNode {
  const words = useWords();
  const { person } = useDesk();
  const [tagged, setTagged] = useState(false);
  const [failed, setFailed] = useState(false);
  const save = async (kind: FileKind) => {
    const written = (shown: Shown | string | null): SheetCell => (shown === 'few' ? words.say('reports.few') : shown);
    const sheet = {
      name: `otaq-${file}-${person.today}`,
      rightToLeft: words.direction === 'rtl',
      head: columns.map(({ head, under }) => (under ? `${head}, ${under}` : head)),
      tags: tagged ? columns.map(({ tag }) => tag) : null,
      rows: rows.map((row) => columns.map(({ value }) => written(value(row)))),
    };
    setFailed(!(await saveSheet(sheet, kind)));
  };
  return (
    <div class="acts">
      <Button onClick={() => void save('xlsx')}>{words.say('reports.as-sheet')}</Button>
      <Button onClick={() => void save('csv')}>{words.say('reports.as-text')}</Button>
      <label class="tick">
        <input type="checkbox" checked={tagged} onChange={({ currentTarget }) => setTagged(currentTarget.checked)} />
        {words.say('reports.with-tags')}
      </label>
      <Button icon="report" onClick={() => print()}>
        {words.say('reports.print')}
      </Button>
      {failed && (
        <p class="note" role="alert">
          {words.say('reports.not-exported')}
        </p>
      )}
    </div>
  );
}
