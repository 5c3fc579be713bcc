/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a careless caller hands to the C interface: NULL everywhere, text that is no UTF-8, requests
 * that are none. Each call comes back with a status and, in `error`, a sentence that is UTF-8.
 * Argument: a folder that does not exist yet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fihris.h"

static int faults = 0;
static fihris_error error;

static void fault(int line, const char* what) {
  fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, line, what, error.message);
  ++faults;
}

/* True for UTF-8 as RFC 3629 has it. */
static int utf8(const char* text, size_t size) {
  const unsigned char *at = (const unsigned char*)text, *end = at + size;
  while (at < end) {
    const int more = *at < 0x80   ? 0
                     : *at < 0xC2 ? -1
                     : *at < 0xE0 ? 1
                     : *at < 0xF0 ? 2
                     : *at < 0xF5 ? 3
                                  : -1;
    if (more < 0 || end - at <= more) return 0;
    if ((*at == 0xE0 && at[1] < 0xA0) || (*at == 0xED && at[1] > 0x9F) ||
        (*at == 0xF0 && at[1] < 0x90) || (*at == 0xF4 && at[1] > 0x8F))
      return 0;
    for (int i = 1; i <= more; ++i)
      if ((at[i] & 0xC0) != 0x80) return 0;
    at += more + 1;
  }
  return 1;
}

static void told(fihris_status status, fihris_status wanted, int line, const char* call) {
  if (status != wanted) fault(line, call);
  if (status != error.status) fault(line, "the status and that of the error differ");
  if (status != FIHRIS_OK && error.message_size == 0) fault(line, "an error without a message");
  if (error.message_size != strlen(error.message) || error.hint_size != strlen(error.hint))
    fault(line, "sizes of texts");
  if (!utf8(error.message, error.message_size) || !utf8(error.hint, error.hint_size))
    fault(line, "a message that is no UTF-8");
}
#define IS(wanted, call) told((call), (wanted), __LINE__, #call)
#define REFUSED(call) IS(FIHRIS_INVALID_ARGUMENT, call)
#define OK(call) IS(FIHRIS_OK, call)

static void take(fihris_string* out, int line) {
  if (out->data != NULL && !utf8(out->data, out->size)) fault(line, "an answer that is no UTF-8");
  fihris_string_free(out);
}
#define TAKE(out) take(&(out), __LINE__)
#define S(text) (text), strlen(text)

static int32_t each(void* user, const char* json, size_t size) {
  ++*(int*)user;
  return size == 0 || json == NULL;
}

/* Bytes that are no text: a lone tail, a torn letter, a surrogate, too long a form, a zero, 0xFF.
 */
static const char kDirty[] = "\x80 \xD8 \xED\xA0\x80 \xC0\xAF \0 \xFF\xFE إدلب \xD8";
#define DIRTY kDirty, sizeof kDirty - 1

static void null_handles(void) {
  fihris_string out = {NULL, 0};
  uint64_t number = 0;
  int count = 0;
  REFUSED(fihris_authority_size(NULL, FIHRIS_FACTION, &number, &error));
  REFUSED(fihris_authority_version(NULL, &out, &error));
  REFUSED(fihris_authority_find(NULL, FIHRIS_FACTION, S("a"), &out, &error));
  REFUSED(fihris_authority_find_by_name(NULL, FIHRIS_FACTION, S("a"), &out, &error));
  REFUSED(fihris_authority_resolve(NULL, FIHRIS_FACTION, S("a"), &out, &error));
  REFUSED(fihris_authority_ancestors(NULL, FIHRIS_REGION, S("a"), &out, &error));
  REFUSED(fihris_authority_children(NULL, FIHRIS_REGION, S("a"), &out, &error));
  REFUSED(fihris_authority_load(NULL, 1, 1, NULL, &error));
  REFUSED(fihris_authority_builtin(NULL, &error));
  REFUSED(fihris_authority_check(NULL, 1, &out, &error));
  REFUSED(fihris_analyzer_new(NULL, &error));
  REFUSED(fihris_analyzer_analyze(NULL, S("a"), 0, &out, &error));
  REFUSED(fihris_analyzer_stem(NULL, S("a"), &out, &error));
  REFUSED(fihris_analyzer_explain(NULL, S("a"), &out, &error));
  REFUSED(fihris_fold(S("a"), NULL, &error));
  REFUSED(fihris_dates_new(NULL, &error));
  REFUSED(fihris_dates_read(NULL, S("a"), NULL, 0, &out, &error));
  REFUSED(fihris_dates_parse(NULL, S("a"), NULL, 0, &out, &error));
  REFUSED(fihris_tagger_new(NULL, NULL, &error));
  REFUSED(fihris_tagger_tag(NULL, S("{}"), 0, &out, &error));
  REFUSED(fihris_reader_open(NULL, 1, NULL, 0, NULL, &error));
  REFUSED(fihris_reader_next(NULL, &out, NULL, &error));
  REFUSED(fihris_reader_marks(NULL, &out, &error));
  fihris_reader_on_fault(NULL, NULL, NULL);
  REFUSED(fihris_indexer_open(S("/tmp"), NULL, NULL, 0, NULL, &error));
  REFUSED(fihris_indexer_add(NULL, S("{}"), &error));
  REFUSED(fihris_indexer_add_from(NULL, NULL, 0, NULL, &error));
  REFUSED(fihris_indexer_remove(NULL, S("a"), NULL, &error));
  REFUSED(fihris_indexer_set_checkpoint(NULL, S("a"), &error));
  REFUSED(fihris_indexer_checkpoint(NULL, &out, &error));
  REFUSED(fihris_indexer_commit(NULL, &error));
  REFUSED(fihris_indexer_retag(NULL, &error));
  REFUSED(fihris_indexer_compact(NULL, &error));
  REFUSED(fihris_indexer_stats(NULL, &out, &error));
  REFUSED(fihris_index_stats(NULL, 4, &out, &error));
  REFUSED(fihris_index_check(NULL, 4, 0, &out, &error));
  REFUSED(fihris_index_export(S("/tmp"), NULL, NULL, &error));
  REFUSED(fihris_searcher_open(NULL, 1, NULL, NULL, &error));
  REFUSED(fihris_searcher_reopen(NULL, NULL, &error));
  REFUSED(fihris_searcher_documents(NULL, &number, &error));
  REFUSED(fihris_searcher_search(NULL, S("a"), NULL, 0, &out, &error));
  REFUSED(fihris_searcher_facets(NULL, S("a"), NULL, 0, &out, &error));
  REFUSED(fihris_searcher_cross(NULL, S("a"), NULL, 0, &out, &error));
  REFUSED(fihris_searcher_cooccur(NULL, S("a"), NULL, 0, &out, &error));
  REFUSED(fihris_searcher_places(NULL, S("a"), NULL, 0, &out, &error));
  REFUSED(fihris_searcher_explain(NULL, S("a"), NULL, 0, &out, &error));
  REFUSED(fihris_searcher_watch(NULL, S("a"), NULL, 0, NULL, 0, &out, &error));
  REFUSED(fihris_searcher_similar(NULL, S("a"), NULL, 0, &out, &error));
  REFUSED(fihris_searcher_each(NULL, S("a"), NULL, 0, each, &count, NULL, &error));
  REFUSED(fihris_searcher_article(NULL, S("a"), &out, &error));
  if (out.data != NULL || number != 0 || count != 0)
    fault(__LINE__, "a call that failed wrote into its outputs");
  /* Nobody needs to look. */
  if (fihris_indexer_commit(NULL, NULL) != FIHRIS_INVALID_ARGUMENT)
    fault(__LINE__, "without an error");
  fihris_analyzer_free(NULL);
  fihris_dates_free(NULL);
  fihris_tagger_free(NULL);
  fihris_reader_free(NULL);
  fihris_indexer_free(NULL);
  fihris_searcher_free(NULL);
}

/* A message longer than its room is cut between letters. */
static void long_messages(const fihris_authority* authority) {
  char name[2001];
  for (size_t i = 0; i < 2000; i += 2) memcpy(name + i, "\xD8\xA7", 2);
  name[2000] = 0;
  for (size_t lead = 0; lead < 2; ++lead) {
    name[0] = 'x', name[1] = lead ? 'y' : 'z';
    fihris_view path = {name + lead, 2000 - lead};
    fihris_searcher* searcher = NULL;
    const fihris_status status = fihris_searcher_open(&path, 1, authority, &searcher, &error);
    told(status, status, __LINE__, "a long path");
    if (status == FIHRIS_OK || searcher != NULL) fault(__LINE__, "a long path is no index");
    if (error.message_size < 1000) fault(__LINE__, "the message is not as long as its room");
  }
}

static void dirty_texts(const fihris_authority* authority) {
  fihris_string out = {NULL, 0};
  OK(fihris_fold(DIRTY, &out, &error));
  TAKE(out);
  fihris_analyzer* analyzer = NULL;
  OK(fihris_analyzer_new(&analyzer, &error));
  OK(fihris_analyzer_analyze(analyzer, DIRTY, 1, &out, &error));
  TAKE(out);
  OK(fihris_analyzer_stem(analyzer, DIRTY, &out, &error));
  TAKE(out);
  OK(fihris_analyzer_explain(analyzer, DIRTY, &out, &error));
  TAKE(out);
  OK(fihris_analyzer_stem(analyzer, NULL, 0, &out, &error));
  TAKE(out);
  fihris_analyzer_free(analyzer);
  fihris_dates* dates = NULL;
  OK(fihris_dates_new(&dates, &error));
  OK(fihris_dates_read(dates, DIRTY, S("2015-04-01"), &out, &error));
  TAKE(out);
  OK(fihris_dates_parse(dates, DIRTY, NULL, 0, &out, &error));
  TAKE(out);
  REFUSED(fihris_dates_read(dates, S("أمس"), DIRTY, &out, &error));
  REFUSED(fihris_dates_read(dates, S("أمس"), S("2015-02-30"), &out, &error));
  fihris_dates_free(dates);
  OK(fihris_authority_find(authority, FIHRIS_REGION, DIRTY, &out, &error));
  if (out.data != NULL) fault(__LINE__, "an entity without a name");
  OK(fihris_authority_find_by_name(authority, FIHRIS_REGION, DIRTY, &out, &error));
  TAKE(out);
  OK(fihris_authority_resolve(authority, FIHRIS_FACTION, DIRTY, &out, &error));
  TAKE(out);
  OK(fihris_authority_ancestors(authority, FIHRIS_REGION, DIRTY, &out, &error));
  TAKE(out);
  OK(fihris_authority_children(authority, FIHRIS_REGION, DIRTY, &out, &error));
  TAKE(out);
  fihris_view file = {DIRTY};
  OK(fihris_authority_check(&file, 1, &out, &error));
  TAKE(out);
  fihris_tagger* tagger = NULL;
  OK(fihris_tagger_new(authority, &tagger, &error));
  const char* const no_articles[] = {
      "", "{", "{}{}", "nonsense", "{\"text\":\"\\ud800\"}", "{\"text\":\"\x80\"}", "\x80"};
  for (size_t i = 1; i < sizeof no_articles / sizeof *no_articles; ++i) {
    const fihris_status status = fihris_tagger_tag(tagger, S(no_articles[i]), 0, &out, &error);
    told(status, status, __LINE__, no_articles[i]);
    if (i < 4 && status != FIHRIS_BAD_FORMAT) fault(__LINE__, no_articles[i]);
    if (status == FIHRIS_OK) TAKE(out);
  }
  REFUSED(fihris_tagger_tag(tagger, S("[]"), 0, &out, &error));
  fihris_tagger_free(tagger);
}

static void dirty_requests(const fihris_authority* authority, const char* path) {
  fihris_indexer* indexer = NULL;
  fihris_string out = {NULL, 0};
  OK(fihris_indexer_open(S(path), authority, NULL, 0, &indexer, &error));
  REFUSED(fihris_indexer_add(indexer, S("[1]"), &error));
  IS(FIHRIS_BAD_FORMAT, fihris_indexer_add(indexer, S("{\"id\":"), &error));
  REFUSED(fihris_indexer_add(indexer, S("{\"id\":\"1\",\"date\":\"soon\"}"), &error));
  OK(fihris_indexer_add(
      indexer,
      S("{\"id\":\"1\",\"date\":\"2015-05-29\",\"text\":\"معارك في إدلب\",\"tags\":[\"x\"]}"),
      &error));
  OK(fihris_indexer_set_checkpoint(indexer, DIRTY, &error));
  OK(fihris_indexer_remove(indexer, DIRTY, NULL, &error));
  OK(fihris_indexer_commit(indexer, &error));
  OK(fihris_indexer_checkpoint(indexer, &out, &error));
  if (out.size != sizeof kDirty - 1 || memcmp(out.data, kDirty, out.size) != 0)
    fault(__LINE__, "a checkpoint is kept byte by byte");
  fihris_string_free(&out);
  fihris_indexer_free(indexer);

  const fihris_view index = {path, strlen(path)};
  fihris_searcher* searcher = NULL;
  OK(fihris_searcher_open(&index, 1, authority, &searcher, &error));
  typedef fihris_status (*question)(fihris_searcher*, const char*, size_t, const char*, size_t,
                                    fihris_string*, fihris_error*);
  const question questions[] = {fihris_searcher_search, fihris_searcher_facets,
                                fihris_searcher_cross,  fihris_searcher_cooccur,
                                fihris_searcher_places, fihris_searcher_explain,
                                fihris_searcher_similar};
  static const char* const refused[] = {
      "[]",
      "1",
      "\"x\"",
      "{\"limit\":-1}",
      "{\"limit\":1e99}",
      "{\"limit\":\"1\"}",
      "{\"facets\":\"faction\"}",
      "{\"facets\":[\"who\"]}",
      "{\"facets\":[{\"facet\":\"published\",\"step\":\"hour\"}]}",
      "{\"filters\":[]}",
      "{\"filters\":{\"faction\":1}}",
      "{\"sort\":\"up\"}",
      "{\"match\":1}",
      "{\"today\":\"2015-13-01\"}",
      "{\"saved\":{\"a\":1}}",
      "{\"of\":\"colour\"}",
      "{\"by\":\"faction\"}",
      "{\"\\u0000\":1}",
      "{\"deadline\":-1}"};
  static const char* const no_json[] = {
      "{", "{\"limit\":}", "{\"limit\":1,}", "{'limit':1}", "{\"limit\":01}", "nul", "{} {}"};
  char deep[20001];
  memset(deep, '[', 20000);
  deep[20000] = 0;
  for (size_t q = 0; q < sizeof questions / sizeof *questions; ++q) {
    for (size_t i = 0; i < sizeof refused / sizeof *refused; ++i) {
      const fihris_status status = questions[q](searcher, S("x"), S(refused[i]), &out, &error);
      told(status, FIHRIS_INVALID_ARGUMENT, __LINE__, refused[i]);
    }
    for (size_t i = 0; i < sizeof no_json / sizeof *no_json; ++i) {
      const fihris_status status = questions[q](searcher, S("x"), S(no_json[i]), &out, &error);
      told(status, FIHRIS_BAD_FORMAT, __LINE__, no_json[i]);
    }
    const fihris_status nested = questions[q](searcher, S("x"), S(deep), &out, &error);
    told(nested, nested, __LINE__, "deep nesting");
    if (nested == FIHRIS_OK) fault(__LINE__, "deep nesting is no request");
    REFUSED(questions[q](searcher, S("x"), NULL, 0, NULL, &error));
    REFUSED(questions[q](searcher, NULL, 3, NULL, 0, &out, &error));
    REFUSED(questions[q](searcher, S("x"), NULL, 3, &out, &error));
    OK(questions[q](searcher, DIRTY, NULL, 0, &out, &error));
    TAKE(out);
  }
  IS(FIHRIS_BAD_QUERY,
     fihris_searcher_search(searcher, S("{\"type\":\"odd\"}"), S("{\"tree\":true}"), &out, &error));
  IS(FIHRIS_BAD_QUERY, fihris_searcher_search(searcher, DIRTY, S("{\"tree\":true}"), &out, &error));
  REFUSED(fihris_searcher_cross(searcher, S(""), S("{\"by\":[\"faction\"]}"), &out, &error));
  REFUSED(fihris_searcher_cooccur(searcher, S(""), S("{\"of\":\"source\"}"), &out, &error));
  REFUSED(fihris_searcher_search(searcher, S("x"), S("{\"cursor\":\"x\"}"), &out, &error));
  REFUSED(fihris_searcher_search(searcher, S("x"), S("{\"filters\":{\"published\":\"soon\"}}"),
                                 &out, &error));
  REFUSED(fihris_searcher_watch(searcher, S("x"), DIRTY, NULL, 0, &out, &error));
  OK(fihris_searcher_article(searcher, DIRTY, &out, &error));
  if (out.data != NULL) fault(__LINE__, "an article without an id");
  int count = 0;
  REFUSED(fihris_searcher_each(searcher, S(""), NULL, 0, NULL, &count, NULL, &error));
  fihris_searcher_free(searcher);

  static const char* const reader_options[] = {"[]",
                                               "{\"format\":\"pdf\"}",
                                               "{\"encoding\":\"klingon\"}",
                                               "{\"done\":{}}",
                                               "{\"done\":[{\"modified\":true}]}",
                                               "{\"map\":[]}",
                                               "{\"colour\":1}"};
  for (size_t i = 0; i < sizeof reader_options / sizeof *reader_options; ++i) {
    fihris_reader* reader = NULL;
    told(fihris_reader_open(&index, 1, S(reader_options[i]), &reader, &error),
         FIHRIS_INVALID_ARGUMENT, __LINE__, reader_options[i]);
    if (reader != NULL) fault(__LINE__, "a reader in spite of its options");
  }
}

/* What holds after the handle it was made with is gone. */
static void any_order(const char* path) {
  fihris_authority* authority = NULL;
  fihris_searcher* searcher = NULL;
  fihris_tagger* tagger = NULL;
  fihris_string out = {NULL, 0};
  const fihris_view index = {path, strlen(path)};
  OK(fihris_authority_builtin(&authority, &error));
  OK(fihris_searcher_open(&index, 1, authority, &searcher, &error));
  OK(fihris_tagger_new(authority, &tagger, &error));
  fihris_authority_free(authority);
  OK(fihris_searcher_search(searcher, S("معركة منطقة:إدلب"), NULL, 0, &out, &error));
  if (out.data == NULL || strstr(out.data, "\"total\":1,") == NULL)
    fault(__LINE__, "a search after its authority");
  TAKE(out);
  OK(fihris_tagger_tag(tagger, S("{\"text\":\"جبهة النصرة\"}"), 0, &out, &error));
  TAKE(out);
  fihris_tagger_free(tagger);
  fihris_searcher_free(searcher);
}

int main(int count, char** words) {
  if (count != 2) return 2;
  fihris_authority* authority = NULL;
  OK(fihris_authority_builtin(&authority, &error));
  null_handles();
  long_messages(authority);
  dirty_texts(authority);
  dirty_requests(authority, words[1]);
  fihris_authority_free(authority);
  any_order(words[1]);
  return faults == 0 ? 0 : 1;
}
