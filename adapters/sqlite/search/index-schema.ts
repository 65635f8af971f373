import type { Generated, Kysely } from 'kysely'
import type { Tables } from '../../sql/schema.js'
import { tableIn } from '../sql-dialect.js'

/**
 * The SQL of the search index, and of the counts that make any offset cheap. Triggers keep both in the commit of the
 * user's row, whoever writes it.
 *
 * The index holds every three characters in a row of the search text (FTS5's trigram tokenizer). Two line breaks are put
 * behind the text, so that each single character and each pair also begins a trigram and can be found by its prefix.
 */
export function searchIndex(prefix: string): string {
  const name = tableIn(prefix)
  return `${emptyIndex(prefix)}
    insert into ${name('users_search')} (${name('users_search')}) values ('rebuild');
    ${countUsers(prefix)}`
}

/** The SQL that counts all users anew. */
export function countUsers(prefix: string): string {
  return `insert into "${prefix}user_blocks" select seq >> ${blockBits}, count(*) from "${prefix}users" group by 1;`
}

/** The SQL of the index and the counts, with nobody in them. */
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

/** What a trigger does to put a user into the index, and to take one out as it was. */
export function entrySql(prefix: string): { readonly added: string; readonly removed: string } {
  const index = `"${prefix}users_search"`
  const entry = (row: 'new' | 'old') => `${row}.seq, ${row}.search_text || char(10, 10)`
  return {
    added: `insert into ${index} (rowid, search_text) values (${entry('new')});`,
    removed: `insert into ${index} (${index}, rowid, search_text) values ('delete', ${entry('old')});`,
  }
}

/** Users are counted in blocks of 1,024 row numbers. */
export const blockBits = 10

/**
 * The SQL that lets the users of one transaction enter the search index together, at its end. FTS5 writes out what it has
 * gathered whenever a statement begins that may have to be undone alone, as every insert with a trigger: by the triggers
 * each user becomes a segment of the index, which costs more than the row, and has to be merged again.
 *
 * While `users_to_index` has a row, the triggers leave out the users from its number on. It never has one outside a
 * transaction of the storage: rows that anybody else writes are in the index at once.
 */
export function indexTogether(prefix: string): string {
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
export interface SearchTables extends Tables {
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

/** A builder of queries that knows the search index too. It compiles only: types are all it adds. */
export const withSearchTables = (db: Kysely<Tables>) => db as unknown as Kysely<SearchTables>
