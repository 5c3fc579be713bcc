/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fihris.h: the C interface of fihris, a full-text and entity search engine for Arabic news.
 *
 * C11 and C++17; nothing else needs to be included. This is the stable interface: within one
 * soversion functions and constants are added, never changed or taken away.
 *
 * Strings are UTF-8. A string that goes in is an address and a number of bytes; it needs no zero at
 * its end and may be NULL when the number is 0. A string that comes out is a `fihris_string` of the
 * caller's: its `data` ends in a zero byte that `size` does not count, and fihris_string_free gives
 * it back. What a call writes into a string is written without freeing what was there. "Nothing
 * there" is status 0 with `data` NULL, never an error.
 *
 * Results are JSON texts, requests too: their members are described in docs/c-api.md, and
 * fihris_json_format() is their version. An empty request is the same as {}.
 *
 * Errors: every function that can fail returns a status, 0 for success, and fills the `error` given
 * as its last argument unless that is NULL. The structure belongs to the caller: nothing needs to be
 * freed, nothing is lost when memory is short, and threads do not share it. On failure no other
 * output is touched. No C++ exception leaves a function.
 *
 * Threads: a fihris_authority may be shared by any number of threads. Every other handle may go from
 * thread to thread but is used by one at a time; make one for each thread. Functions without a handle
 * may be called from everywhere. A callback runs in the calling thread and must neither use the
 * handle that calls it nor leave by longjmp or an exception.
 *
 * Handles are freed in any order: a searcher, tagger or indexer keeps what it needs of its
 * authority. Every *_free function accepts NULL.
 */
#ifndef FIHRIS_H
#define FIHRIS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define FIHRIS_C_API __attribute__((visibility("default")))
#else
#define FIHRIS_C_API
#endif

/* --- Status, errors, strings ------------------------------------------------------------------ */

/* Why a call could not be done. Codes are never renumbered. */
typedef int32_t fihris_status;
enum {
  FIHRIS_OK = 0,
  FIHRIS_INVALID_ARGUMENT = 1, /* a value that the call cannot take */
  FIHRIS_NOT_FOUND = 2,        /* a file or an index that is not there */
  FIHRIS_IO = 3,               /* the system refused to read or write */
  FIHRIS_BAD_FORMAT = 4,       /* a file or a JSON text that is not what it should be */
  FIHRIS_INDEX_LOCKED = 5,     /* another process is writing to the index */
  FIHRIS_INDEX_DAMAGED = 6,    /* the index does not agree with its manifest */
  FIHRIS_INDEX_VERSION = 7,    /* written in a format or with an analysis unknown here */
  FIHRIS_BAD_QUERY = 8,        /* a query that strict reading refuses */
  FIHRIS_LIMIT = 9,            /* a stated limit was passed (deadline, size, nesting) */
  FIHRIS_REMOTE = 10,          /* a remote shard does not answer or answers wrongly */
  FIHRIS_UNSUPPORTED = 11,     /* left out of this build, or not possible on this index */
  FIHRIS_INTERRUPTED = 12,     /* a callback asked to stop */
  FIHRIS_INTERNAL = 13,        /* a fault of fihris itself */
  FIHRIS_NO_MEMORY = 14        /* the system has no memory left */
};

/* What went wrong: `message` is one sentence, `hint` the remedy or empty. Both end in a zero byte;
 * longer texts are cut between characters. */
typedef struct fihris_error {
  fihris_status status;
  uint32_t message_size;
  uint32_t hint_size;
  char message[1024];
  char hint[512];
} fihris_error;

/* A string in, where several are given at once. */
typedef struct fihris_view {
  const char *data;
  size_t size;
} fihris_view;

/* A string out; freed with fihris_string_free. */
typedef struct fihris_string {
  char *data;
  size_t size;
} fihris_string;

/* "0.1.0". */
FIHRIS_C_API const char *fihris_version(void);
/* The version of the JSON texts. */
FIHRIS_C_API int32_t fihris_json_format(void);
/* Changes whenever any word gets another stem key: an index of another version is written anew. */
FIHRIS_C_API const char *fihris_analyzer_version(void);
/* "not_found" for FIHRIS_NOT_FOUND; "unknown" for a number that is no status. */
FIHRIS_C_API const char *fihris_status_name(fihris_status status);
/* Frees `data` and empties the string. */
FIHRIS_C_API void fihris_string_free(fihris_string *string);

/* --- Authority: the factions and regions that tags and filters speak of ------------------------ */

typedef struct fihris_authority fihris_authority;

typedef int32_t fihris_facet;
enum { FIHRIS_FACTION = 0, FIHRIS_REGION = 1 };

/* The entities that come with the library. Cheap: nothing is parsed. */
FIHRIS_C_API fihris_status fihris_authority_builtin(fihris_authority **authority,
                                                    fihris_error *error);
/* The same with `count` files laid over it in order; `with_builtin` 0: the files alone. */
FIHRIS_C_API fihris_status fihris_authority_load(const fihris_view *files, size_t count,
                                                 int32_t with_builtin,
                                                 fihris_authority **authority,
                                                 fihris_error *error);
FIHRIS_C_API void fihris_authority_free(fihris_authority *authority);
/* Number of entities. */
FIHRIS_C_API fihris_status fihris_authority_size(const fihris_authority *authority,
                                                 fihris_facet facet, uint64_t *size,
                                                 fihris_error *error);
/* A hash over all entities: an index records which authority tagged it. */
FIHRIS_C_API fihris_status fihris_authority_version(const fihris_authority *authority,
                                                    fihris_string *version, fihris_error *error);
/* The entity with this id as an object; nothing if there is none. */
FIHRIS_C_API fihris_status fihris_authority_find(const fihris_authority *authority,
                                                 fihris_facet facet, const char *id, size_t id_size,
                                                 fihris_string *entity, fihris_error *error);
/* All entities that bear a name in any language, as an array, best known first. */
FIHRIS_C_API fihris_status fihris_authority_find_by_name(const fihris_authority *authority,
                                                         fihris_facet facet, const char *name,
                                                         size_t name_size, fihris_string *entities,
                                                         fihris_error *error);
/* What a person meant by an id, the tail of an id, or a name: an array of one entity if that is
 * clear, of all candidates if not, an empty one if unknown. */
FIHRIS_C_API fihris_status fihris_authority_resolve(const fihris_authority *authority,
                                                    fihris_facet facet, const char *typed,
                                                    size_t typed_size, fihris_string *entities,
                                                    fihris_error *error);
/* Ids from the parent up to the root, as an array. */
FIHRIS_C_API fihris_status fihris_authority_ancestors(const fihris_authority *authority,
                                                      fihris_facet facet, const char *id,
                                                      size_t id_size, fihris_string *ids,
                                                      fihris_error *error);
/* Ids of the entities directly below, as an array in order. */
FIHRIS_C_API fihris_status fihris_authority_children(const fihris_authority *authority,
                                                     fihris_facet facet, const char *id,
                                                     size_t id_size, fihris_string *ids,
                                                     fihris_error *error);
/* Faults of authority files as an array of {file, line, message}. */
FIHRIS_C_API fihris_status fihris_authority_check(const fihris_view *files, size_t count,
                                                  fihris_string *faults, fihris_error *error);

/* --- Analyzer: text to words and stem keys ----------------------------------------------------- */

typedef struct fihris_analyzer fihris_analyzer;

FIHRIS_C_API fihris_status fihris_analyzer_new(fihris_analyzer **analyzer, fihris_error *error);
FIHRIS_C_API void fihris_analyzer_free(fihris_analyzer *analyzer);
/* The words of a text as an array; `explain` not 0: with all readings of each. */
FIHRIS_C_API fihris_status fihris_analyzer_analyze(fihris_analyzer *analyzer, const char *text,
                                                   size_t text_size, int32_t explain,
                                                   fihris_string *tokens, fihris_error *error);
/* The stem key of one word; empty for a text without letters or digits. */
FIHRIS_C_API fihris_status fihris_analyzer_stem(fihris_analyzer *analyzer, const char *word,
                                                size_t word_size, fihris_string *stem,
                                                fihris_error *error);
/* The readings of one word as an array, best first. */
FIHRIS_C_API fihris_status fihris_analyzer_explain(fihris_analyzer *analyzer, const char *word,
                                                   size_t word_size, fihris_string *readings,
                                                   fihris_error *error);
/* The folded spelling of a text: marks, hamza carriers, digits, case. */
FIHRIS_C_API fihris_status fihris_fold(const char *text, size_t text_size, fihris_string *folded,
                                       fihris_error *error);

/* --- Dates -------------------------------------------------------------------------------------- */

typedef struct fihris_dates fihris_dates;

FIHRIS_C_API fihris_status fihris_dates_new(fihris_dates **dates, fihris_error *error);
FIHRIS_C_API void fihris_dates_free(fihris_dates *dates);
/* The temporal expressions of a text as an array. `published` is the day YYYY-MM-DD that they count
 * from, or empty: then relative ones stay undetermined. */
FIHRIS_C_API fihris_status fihris_dates_read(fihris_dates *dates, const char *text,
                                             size_t text_size, const char *published,
                                             size_t published_size, fihris_string *mentions,
                                             fihris_error *error);
/* The days that a person means in a query, as {first, last}; nothing if the text is no date. */
FIHRIS_C_API fihris_status fihris_dates_parse(fihris_dates *dates, const char *text,
                                              size_t text_size, const char *today,
                                              size_t today_size, fihris_string *range,
                                              fihris_error *error);

/* --- Tagger: factions, regions and dates of an article ------------------------------------------ */

typedef struct fihris_tagger fihris_tagger;

FIHRIS_C_API fihris_status fihris_tagger_new(const fihris_authority *authority,
                                             fihris_tagger **tagger, fihris_error *error);
FIHRIS_C_API void fihris_tagger_free(fihris_tagger *tagger);
/* The tags of an article given as an object (`id`, `title`, `text`, `date`). `explain` not 0: with
 * rule and confidence of every mention. */
FIHRIS_C_API fihris_status fihris_tagger_tag(fihris_tagger *tagger, const char *article,
                                             size_t article_size, int32_t explain,
                                             fihris_string *tags, fihris_error *error);

/* --- Reader: files to articles ------------------------------------------------------------------ */

typedef struct fihris_reader fihris_reader;

/* Called with a record that was skipped or kept without a field, as an object. */
typedef void (*fihris_fault_callback)(void *user, const char *fault, size_t fault_size);

/* Opens files, folders, patterns or "-" (standard input). */
FIHRIS_C_API fihris_status fihris_reader_open(const fihris_view *inputs, size_t count,
                                              const char *options, size_t options_size,
                                              fihris_reader **reader, fihris_error *error);
FIHRIS_C_API void fihris_reader_free(fihris_reader *reader);
/* Dirty records are told to `callback` by the calls that read; NULL: to nobody. */
FIHRIS_C_API void fihris_reader_on_fault(fihris_reader *reader, fihris_fault_callback callback,
                                         void *user);
/* The next article as an object; nothing at the end. `origin`, unless NULL, gets "file:line". */
FIHRIS_C_API fihris_status fihris_reader_next(fihris_reader *reader, fihris_string *article,
                                              fihris_string *origin, fihris_error *error);
/* How far each file was read, as an array for the member `done` of a later reader's options. */
FIHRIS_C_API fihris_status fihris_reader_marks(const fihris_reader *reader, fihris_string *marks,
                                               fihris_error *error);

/* --- Indexer: writes an index ------------------------------------------------------------------- */

typedef struct fihris_indexer fihris_indexer;

/* Opens the index in folder `path` for writing, and locks it. Nothing is visible to readers, or
 * safe, before fihris_indexer_commit returns 0; what that confirmed survives a killed process, a full
 * disk and a power cut. */
FIHRIS_C_API fihris_status fihris_indexer_open(const char *path, size_t path_size,
                                               const fihris_authority *authority,
                                               const char *options, size_t options_size,
                                               fihris_indexer **indexer, fihris_error *error);
/* Drops what was not committed, and unlocks. */
FIHRIS_C_API void fihris_indexer_free(fihris_indexer *indexer);
/* Adds an article (an object), or replaces the one of the same id. */
FIHRIS_C_API fihris_status fihris_indexer_add(fihris_indexer *indexer, const char *article,
                                              size_t article_size, fihris_error *error);
/* Adds at most `limit` articles of a reader (0: all) and says in `added`, unless NULL, how many; a
 * number below the limit means that the reader is at its end. An article that cannot be indexed is
 * told to the reader's fault callback. */
FIHRIS_C_API fihris_status fihris_indexer_add_from(fihris_indexer *indexer, fihris_reader *reader,
                                                   uint64_t limit, uint64_t *added,
                                                   fihris_error *error);
/* Removes an article; `removed`, unless NULL, is 0 if there was none of that id. */
FIHRIS_C_API fihris_status fihris_indexer_remove(fihris_indexer *indexer, const char *id,
                                                 size_t id_size, int32_t *removed,
                                                 fihris_error *error);
/* A text for the next commit to keep, such as how far a source was read. */
FIHRIS_C_API fihris_status fihris_indexer_set_checkpoint(fihris_indexer *indexer, const char *text,
                                                         size_t text_size, fihris_error *error);
/* The text of the last commit. */
FIHRIS_C_API fihris_status fihris_indexer_checkpoint(const fihris_indexer *indexer,
                                                     fihris_string *text, fihris_error *error);
/* Makes all changes since the last commit visible and durable at once. */
FIHRIS_C_API fihris_status fihris_indexer_commit(fihris_indexer *indexer, fihris_error *error);
/* Tags and analyses all stored articles anew with this indexer's authority, then commits. */
FIHRIS_C_API fihris_status fihris_indexer_retag(fihris_indexer *indexer, fihris_error *error);
/* Merges all segments into one, drops removed articles, then commits. */
FIHRIS_C_API fihris_status fihris_indexer_compact(fihris_indexer *indexer, fihris_error *error);
/* Figures of the index as an object. */
FIHRIS_C_API fihris_status fihris_indexer_stats(const fihris_indexer *indexer, fihris_string *stats,
                                                fihris_error *error);

/* Called with one JSON text after another; returns 0 to go on, anything else to stop. */
typedef int32_t (*fihris_each_callback)(void *user, const char *json, size_t json_size);

/* Figures of an index that need not be open. */
FIHRIS_C_API fihris_status fihris_index_stats(const char *path, size_t path_size,
                                              fihris_string *stats, fihris_error *error);
/* What is wrong with an index, as an array of {file, message, remedy}; empty: nothing. `repair` not
 * 0: what can be rebuilt is. */
FIHRIS_C_API fihris_status fihris_index_check(const char *path, size_t path_size, int32_t repair,
                                              fihris_string *faults, fihris_error *error);
/* Calls `each` for every article in index order. A callback that stops is FIHRIS_INTERRUPTED. */
FIHRIS_C_API fihris_status fihris_index_export(const char *path, size_t path_size,
                                               fihris_each_callback each, void *user,
                                               fihris_error *error);

/* --- Searcher: asks one or several indexes as one ----------------------------------------------- */

typedef struct fihris_searcher fihris_searcher;

/* Opens folders or remote shards ("xapian://HOST:PORT"). A searcher answers from the revision it
 * opened, whatever writers do, until fihris_searcher_reopen. */
FIHRIS_C_API fihris_status fihris_searcher_open(const fihris_view *paths, size_t count,
                                                const fihris_authority *authority,
                                                fihris_searcher **searcher, fihris_error *error);
FIHRIS_C_API void fihris_searcher_free(fihris_searcher *searcher);
/* Follows what was committed since; `changed`, unless NULL, is 1 if anything did. */
FIHRIS_C_API fihris_status fihris_searcher_reopen(fihris_searcher *searcher, int32_t *changed,
                                                  fihris_error *error);
/* Number of articles. */
FIHRIS_C_API fihris_status fihris_searcher_documents(const fihris_searcher *searcher,
                                                     uint64_t *documents, fihris_error *error);
/* Hits with snippets, totals and the facets asked for. */
FIHRIS_C_API fihris_status fihris_searcher_search(fihris_searcher *searcher, const char *query,
                                                  size_t query_size, const char *request,
                                                  size_t request_size, fihris_string *results,
                                                  fihris_error *error);
/* Counts alone: factions, regions and months, or the `facets` of the request. */
FIHRIS_C_API fihris_status fihris_searcher_facets(fihris_searcher *searcher, const char *query,
                                                  size_t query_size, const char *request,
                                                  size_t request_size, fihris_string *results,
                                                  fihris_error *error);
/* Counts over two or three facets at once, the member `by` of the request. */
FIHRIS_C_API fihris_status fihris_searcher_cross(fihris_searcher *searcher, const char *query,
                                                 size_t query_size, const char *request,
                                                 size_t request_size, fihris_string *table,
                                                 fihris_error *error);
/* Which factions, or regions (the member `of`), stand in the same articles. */
FIHRIS_C_API fihris_status fihris_searcher_cooccur(fihris_searcher *searcher, const char *query,
                                                   size_t query_size, const char *request,
                                                   size_t request_size, fihris_string *pairs,
                                                   fihris_error *error);
/* Matches by place with coordinates, most frequent first. */
FIHRIS_C_API fihris_status fihris_searcher_places(fihris_searcher *searcher, const char *query,
                                                  size_t query_size, const char *request,
                                                  size_t request_size, fihris_string *places,
                                                  fihris_error *error);
/* How a query is understood: stages as text, tree, warnings. */
FIHRIS_C_API fihris_status fihris_searcher_explain(fihris_searcher *searcher, const char *query,
                                                   size_t query_size, const char *request,
                                                   size_t request_size, fihris_string *explanation,
                                                   fihris_error *error);
/* What matches now and did not when `state` was given out; an empty state makes everything new. */
FIHRIS_C_API fihris_status fihris_searcher_watch(fihris_searcher *searcher, const char *query,
                                                 size_t query_size, const char *state,
                                                 size_t state_size, const char *request,
                                                 size_t request_size, fihris_string *results,
                                                 fihris_error *error);
/* Articles like the one with this id; no hits if it is unknown. */
FIHRIS_C_API fihris_status fihris_searcher_similar(fihris_searcher *searcher, const char *id,
                                                   size_t id_size, const char *request,
                                                   size_t request_size, fihris_string *results,
                                                   fihris_error *error);
/* Calls `each` for all matches, without a bound on their number; `given`, unless NULL, says how many
 * there were. A callback that stops is no error. */
FIHRIS_C_API fihris_status fihris_searcher_each(fihris_searcher *searcher, const char *query,
                                                size_t query_size, const char *request,
                                                size_t request_size, fihris_each_callback each,
                                                void *user, uint64_t *given, fihris_error *error);
/* The stored article as an object; nothing if there is none of that id. */
FIHRIS_C_API fihris_status fihris_searcher_article(fihris_searcher *searcher, const char *id,
                                                   size_t id_size, fihris_string *article,
                                                   fihris_error *error);

#ifdef __cplusplus
}
#endif

#endif /* FIHRIS_H */
