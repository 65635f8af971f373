import type { Generated } from 'kysely'
import type { SqlDialect } from '../../sql/dialect.js'
import type { UserTable } from '../../sql/kinds/users.js'
import { tableIn } from '../sql-dialect.js'

/**
 * The SQL of the search index, and of the counts that make any offset cheap. Triggers update both in the same transaction as
 * the user's row, no matter who writes it.
 *
 * The index holds all trigrams of the search text (FTS5's trigram tokenizer). Two line breaks are appended to the text, so
 * that every character and every pair begins a trigram, and is found by that prefix.
 */
export function searchIndex(prefix: string): string {
  const name = tableIn(prefix)
  return `${emptyIndex(prefix)}
    insert into ${name('users_search')} (${name('users_search')}) values ('rebuild');
    ${countUsers(prefix)}`
}

/** The SQL that counts all users again. */
export function countUsers(prefix: string): string {
  const name = tableIn(prefix)
  return `insert into ${name('user_blocks')} select seq >> ${blockBits}, count(*) from ${name('users')} group by 1;`
}

/** The SQL of an empty index and empty counts. */
export function emptyIndex(prefix: string): string {
  const name = tableIn(prefix)
  const index = name('users_search')
  const { added, removed } = entrySql(prefix)
  return `
    create view ${name('users_searched')} as
      select seq, search_text || char(10, 10) as search_text from ${name('users')};
    create virtual table ${index} using fts5 (search_text, content = '${prefix}users_searched', content_rowid = 'seq',
      tokenize = 'trigram case_sensitive 1', columnsize = 0);
    insert into ${index} (${index}, rank) values ('automerge', 0);
    create virtual table ${name('search_terms')} using fts5vocab (${index}, row);
    create table ${name('user_blocks')} (block integer primary key, users integer not null);

    create trigger ${name('user_added')} after insert on ${name('users')} begin
      ${added}
      insert into ${name('user_blocks')} values (new.seq >> ${blockBits}, 1)
        on conflict (block) do update set users = users + 1;
    end;
    create trigger ${name('user_renamed')} after update of search_text on ${name('users')}
    when old.search_text <> new.search_text begin
      ${removed}
      ${added}
    end;
    create trigger ${name('user_removed')} after delete on ${name('users')} begin
      ${removed}
      update ${name('user_blocks')} set users = users - 1 where block = old.seq >> ${blockBits};
      delete from ${name('user_blocks')} where block = old.seq >> ${blockBits} and users = 0;
    end;`
}

/** What a trigger does to add a user to the index, and to remove one as it was. */
export function entrySql(prefix: string): { readonly added: string; readonly removed: string } {
  const index = tableIn(prefix)('users_search')
  const entry = (row: 'new' | 'old') => `${row}.seq, ${row}.search_text || char(10, 10)`
  return {
    added: `insert into ${index} (rowid, search_text) values (${entry('new')});`,
    removed: `insert into ${index} (${index}, rowid, search_text) values ('delete', ${entry('old')});`,
  }
}

/** Users are counted in blocks of 1,024 row numbers. */
export const blockBits = 10

/**
 * The SQL that lets the storage index the users of one transaction together, at its end. FTS5 flushes what it has gathered
 * before every statement that may be undone on its own, such as an insert with a trigger: so each user would become a
 * segment of the index, which costs more than the row and has to be merged later.
 *
 * While `users_to_index` has a row, the triggers skip users from its number on. Outside a transaction of the storage it has
 * none, or only during a rebuild: rows that anybody else writes are indexed at once.
 */
export function deferrableIndex(prefix: string): string {
  const name = tableIn(prefix)
  const { added, removed } = entrySql(prefix)
  const isIndexed = (row: 'new' | 'old') =>
    `not exists (select 1 from ${name('users_to_index')} where first_seq <= ${row}.seq)`
  return `
    create table ${name('users_to_index')} (first_seq integer primary key);

    drop trigger ${name('user_added')};
    create trigger ${name('user_counted')} after insert on ${name('users')} begin
      insert into ${name('user_blocks')} values (new.seq >> ${blockBits}, 1)
        on conflict (block) do update set users = users + 1;
    end;
    create trigger ${name('user_added')} after insert on ${name('users')} when ${isIndexed('new')} begin
      ${added}
    end;

    drop trigger ${name('user_renamed')};
    create trigger ${name('user_renamed')} after update of search_text on ${name('users')}
    when old.search_text <> new.search_text and ${isIndexed('old')} begin
      ${removed}
      ${added}
    end;

    drop trigger ${name('user_removed')};
    create trigger ${name('user_uncounted')} after delete on ${name('users')} begin
      update ${name('user_blocks')} set users = users - 1 where block = old.seq >> ${blockBits};
      delete from ${name('user_blocks')} where block = old.seq >> ${blockBits} and users = 0;
    end;
    create trigger ${name('user_removed')} after delete on ${name('users')} when ${isIndexed('old')} begin
      ${removed}
    end;`
}

/** The tables of the search index, as Kysely types. */
type SearchTables = UserTable & {
  rollbook_users_search: {
    rowid: Generated<number>
    search_text: Generated<string>
  }
  rollbook_search_terms: { term: string; doc: number }
  rollbook_users_searched: { seq: number; search_text: string }
  rollbook_users_to_index: { first_seq: number }
  rollbook_user_blocks: { block: number; users: number }
  rollbook_to_erase: { what: string; is_begun: number }
}

/** A query builder that knows the users and the search index. */
export const withSearchTables = ({ db }: SqlDialect) => db.withTables<SearchTables>()
