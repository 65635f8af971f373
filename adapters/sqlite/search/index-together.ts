import { blockBits, entrySql } from './search-index.js'

/**
 * The SQL that lets the users of one transaction enter the search index together, at its end. FTS5 writes out what it has
 * gathered whenever a statement begins that may have to be undone alone, as every insert with a trigger: by the triggers
 * each user becomes a segment of the index, which costs more than the row, and has to be merged again.
 *
 * While `users_to_index` has a row, the triggers leave out the users from its number on. It never has one outside a
 * transaction of the storage: rows that anybody else writes are in the index at once.
 */
export function indexTogether(prefix: string): string {
  const name = (suffix: string) => `"${prefix}${suffix}"`
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
