/**
 * The SQL of the search index, and of the counts that make any offset cheap. Triggers keep both in the commit of the
 * user's row, whoever writes it.
 *
 * The index holds every three characters in a row of the search text (FTS5's trigram tokenizer). Two line breaks are put
 * behind the text, so that each single character and each pair also begins a trigram and can be found by its prefix.
 */
export function searchIndex(prefix: string): string {
  const name = (suffix: string) => `"${prefix}${suffix}"`
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
  const name = (suffix: string) => `"${prefix}${suffix}"`
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
