/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The C interface from a program that knows no C++: every handle made, asked and freed, and every
 * kind of failure told. Argument: a folder that does not exist yet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fihris.h"

static int faults = 0;

#define CHECK(condition)                                              \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      ++faults;                                                       \
    }                                                                 \
  } while (0)

static fihris_error error;

static int ok(fihris_status status, int line) {
  if (status != FIHRIS_OK) {
    fprintf(stderr, "%s:%d: %s: %s (%s)\n", __FILE__, line, fihris_status_name(status),
            error.message, error.hint);
    ++faults;
  }
  return status == FIHRIS_OK;
}
#define OK(call) ok((call), __LINE__)

/* True if the text holds the part; frees the text. */
static int holds(fihris_string* text, const char* part) {
  const int found =
      text->data != NULL && strlen(text->data) == text->size && strstr(text->data, part) != NULL;
  if (!found) {
    fprintf(stderr, "no %s in %s\n", part, text->data == NULL ? "nothing" : text->data);
  }
  fihris_string_free(text);
  return found;
}
#define HOLDS(text, part) CHECK(holds(&(text), (part)))

static int32_t count_each(void* user, const char* json, size_t size) {
  ++*(int*)user;
  return size == 0 || json[0] != '{';
}
static int32_t stop_at_once(void* user, const char* json, size_t size) {
  (void)user, (void)json, (void)size;
  return 1;
}
static void count_fault(void* user, const char* json, size_t size) {
  (void)json, (void)size;
  ++*(int*)user;
}

static const char* const kArticles[] = {
    "{\"id\":\"a1\",\"source\":\"x\",\"date\":\"2015-05-29\",\"title\":\"معارك في إدلب\","
    "\"text\":\"سيطرت جبهة النصرة أمس على مدينة أريحا في محافظة "
    "إدلب.\",\"pages\":12345678901234567890}",
    "{\"id\":\"a2\",\"source\":\"y\",\"date\":\"2015-06-02\",\"title\":\"هدنة في حمص\","
    "\"text\":\"أعلنت حركة أحرار الشام هدنة مع جبهة النصرة في مدينة حمص ثلاثة أيام.\"}"};

static fihris_view view(const char* text) {
  const fihris_view whole = {text, strlen(text)};
  return whole;
}
#define S(text) (text), strlen(text)

static void test_texts(const fihris_authority* authority) {
  fihris_string out = {NULL, 0};
  uint64_t size = 0;
  OK(fihris_authority_size(authority, FIHRIS_FACTION, &size, &error));
  CHECK(size > 100);
  OK(fihris_authority_version(authority, &out, &error));
  CHECK(out.size == 16);
  fihris_string_free(&out);
  CHECK(out.data == NULL && out.size == 0);
  OK(fihris_authority_find(authority, FIHRIS_FACTION, S("nusra-front"), &out, &error));
  HOLDS(out, "\"id\":\"nusra-front\"");
  OK(fihris_authority_find(authority, FIHRIS_REGION, S("no-such-place"), &out, &error));
  CHECK(out.data == NULL && out.size == 0);
  OK(fihris_authority_find_by_name(authority, FIHRIS_FACTION, S("جبهة النصرة"), &out, &error));
  HOLDS(out, "nusra-front");
  OK(fihris_authority_resolve(authority, FIHRIS_REGION, S("sy/idlib"), &out, &error));
  HOLDS(out, "\"id\":\"sy/idlib\"");
  OK(fihris_authority_ancestors(authority, FIHRIS_REGION, S("sy/idlib"), &out, &error));
  HOLDS(out, "[\"sy\"]");
  OK(fihris_authority_children(authority, FIHRIS_REGION, S("sy"), &out, &error));
  HOLDS(out, "\"sy/idlib\"");
  CHECK(fihris_authority_size(authority, 7, &size, &error) == FIHRIS_INVALID_ARGUMENT);
  const fihris_view missing = view("/no/such/file.tsv");
  fihris_authority* none = NULL;
  CHECK(fihris_authority_load(&missing, 1, 1, &none, &error) == FIHRIS_NOT_FOUND);
  OK(fihris_authority_check(&missing, 1, &out, &error));
  HOLDS(out, "\"file\":\"/no/such/file.tsv\"");
  CHECK(fihris_authority_load(&missing, 1, 1, &none, &error) == FIHRIS_NOT_FOUND);
  CHECK(none == NULL && error.status == FIHRIS_NOT_FOUND);
  CHECK(error.message_size == strlen(error.message) && strstr(error.message, "/no/such/file.tsv"));

  fihris_analyzer* analyzer = NULL;
  OK(fihris_analyzer_new(&analyzer, &error));
  OK(fihris_analyzer_analyze(analyzer, S("والمعارك"), 1, &out, &error));
  HOLDS(out, "\"readings\":[");
  OK(fihris_analyzer_stem(analyzer, S("والمعارك"), &out, &error));
  fihris_string other = {NULL, 0};
  OK(fihris_analyzer_stem(analyzer, S("معركة"), &other, &error));
  CHECK(out.size == other.size && strcmp(out.data, other.data) == 0);
  fihris_string_free(&out);
  fihris_string_free(&other);
  OK(fihris_analyzer_explain(analyzer, S("كتاب"), &out, &error));
  HOLDS(out, "\"weight\":");
  OK(fihris_analyzer_analyze(analyzer, NULL, 0, 0, &out, &error));
  HOLDS(out, "[]");
  CHECK(fihris_analyzer_analyze(analyzer, NULL, 3, 0, &out, &error) == FIHRIS_INVALID_ARGUMENT);
  fihris_analyzer_free(analyzer);
  OK(fihris_fold(S("إدلبُ"), &out, &error));
  HOLDS(out, "ادلب");

  fihris_dates* dates = NULL;
  OK(fihris_dates_new(&dates, &error));
  OK(fihris_dates_read(dates, S("وقع الهجوم أمس"), S("2015-04-01"), &out, &error));
  HOLDS(out, "\"value\":\"2015-03-31\"");
  OK(fihris_dates_parse(dates, S("2015-04"), NULL, 0, &out, &error));
  HOLDS(out, "{\"first\":\"2015-04-01\",\"last\":\"2015-04-30\"}");
  OK(fihris_dates_parse(dates, S("كتاب"), NULL, 0, &out, &error));
  CHECK(out.data == NULL);
  CHECK(fihris_dates_read(dates, S("أمس"), S("1 April"), &out, &error) == FIHRIS_INVALID_ARGUMENT);
  fihris_dates_free(dates);

  fihris_tagger* tagger = NULL;
  OK(fihris_tagger_new(authority, &tagger, &error));
  OK(fihris_tagger_tag(tagger, S(kArticles[0]), 1, &out, &error));
  HOLDS(out, "\"nusra-front\"");
  CHECK(fihris_tagger_tag(tagger, S("{\"text\":3}"), 0, &out, &error) == FIHRIS_INVALID_ARGUMENT);
  CHECK(fihris_tagger_tag(tagger, S("{\"text\":"), 0, &out, &error) == FIHRIS_BAD_FORMAT);
  fihris_tagger_free(tagger);
}

static void test_writing(const fihris_authority* authority, const char* path) {
  fihris_string out = {NULL, 0};
  fihris_indexer* indexer = NULL;
  CHECK(fihris_indexer_open(S(path), authority, S("{\"thread\":1}"), &indexer, &error) ==
        FIHRIS_INVALID_ARGUMENT);
  CHECK(strstr(error.hint, "threads") != NULL);
  CHECK(fihris_indexer_open(S(path), authority, S("{\"create\":false}"), &indexer, &error) ==
        FIHRIS_NOT_FOUND);
  /* An answer that has no place to go to does not leave the index locked. */
  CHECK(fihris_indexer_open(S(path), authority, NULL, 0, NULL, &error) == FIHRIS_INVALID_ARGUMENT);
  if (!OK(fihris_indexer_open(S(path), authority, S("{\"threads\":1}"), &indexer, &error))) return;
  fihris_indexer* second = NULL;
  CHECK(fihris_indexer_open(S(path), authority, NULL, 0, &second, NULL) == FIHRIS_INDEX_LOCKED);
  for (size_t i = 0; i < 2; ++i) OK(fihris_indexer_add(indexer, S(kArticles[i]), &error));
  OK(fihris_indexer_add(indexer, S("{\"id\":\"gone\",\"text\":\"خبر\"}"), &error));
  OK(fihris_indexer_set_checkpoint(indexer, S("line 3"), &error));
  OK(fihris_indexer_commit(indexer, &error));
  OK(fihris_indexer_checkpoint(indexer, &out, &error));
  HOLDS(out, "line 3");
  int32_t removed = -1;
  OK(fihris_indexer_remove(indexer, S("gone"), &removed, &error));
  CHECK(removed == 1);
  OK(fihris_indexer_remove(indexer, S("never"), &removed, &error));
  CHECK(removed == 0);
  OK(fihris_indexer_commit(indexer, &error));
  OK(fihris_indexer_retag(indexer, &error));
  OK(fihris_indexer_compact(indexer, &error));
  OK(fihris_indexer_stats(indexer, &out, &error));
  HOLDS(out, "\"documents\":2");
  fihris_indexer_free(indexer);

  OK(fihris_index_stats(S(path), &out, &error));
  HOLDS(out, "\"documents\":2");
  OK(fihris_index_check(S(path), 0, &out, &error));
  HOLDS(out, "[]");
  int articles = 0;
  OK(fihris_index_export(S(path), count_each, &articles, &error));
  CHECK(articles == 2);
  CHECK(fihris_index_export(S(path), stop_at_once, NULL, &error) == FIHRIS_INTERRUPTED);
}

static void test_reader(const fihris_authority* authority, const char* path) {
  char file[4096];
  char index[4096];
  snprintf(file, sizeof file, "%s.jsonl", path);
  snprintf(index, sizeof index, "%s.read", path);
  FILE* out_file = fopen(file, "w");
  fprintf(out_file, "%s\nno json at all\n%s\n", kArticles[0], kArticles[1]);
  fclose(out_file);
  const fihris_view input = view(file);
  fihris_reader* reader = NULL;
  fihris_string out = {NULL, 0};
  fihris_string origin = {NULL, 0};
  int told = 0;
  OK(fihris_reader_open(&input, 1, NULL, 0, &reader, &error));
  fihris_reader_on_fault(reader, count_fault, &told);
  OK(fihris_reader_next(reader, &out, &origin, &error));
  HOLDS(out, "\"pages\":12345678901234567890");
  HOLDS(origin, ".jsonl:1");
  fihris_indexer* indexer = NULL;
  uint64_t added = 0;
  OK(fihris_indexer_open(S(index), authority, NULL, 0, &indexer, &error));
  OK(fihris_indexer_add_from(indexer, reader, 0, &added, &error));
  CHECK(added == 1 && told == 1);
  OK(fihris_reader_next(reader, &out, NULL, &error));
  CHECK(out.data == NULL);
  OK(fihris_reader_marks(reader, &out, &error));
  HOLDS(out, "\"complete\":true");
  fihris_indexer_free(indexer);
  fihris_reader_free(reader);
}

static void test_searching(const fihris_authority* authority, const char* path) {
  fihris_string out = {NULL, 0};
  fihris_searcher* searcher = NULL;
  const fihris_view missing = view("/no/such/index");
  CHECK(fihris_searcher_open(&missing, 1, authority, &searcher, &error) == FIHRIS_NOT_FOUND);
  CHECK(searcher == NULL);
  const fihris_view index = view(path);
  if (!OK(fihris_searcher_open(&index, 1, authority, &searcher, &error))) return;
  uint64_t documents = 0;
  OK(fihris_searcher_documents(searcher, &documents, &error));
  CHECK(documents == 2);
  OK(fihris_searcher_search(searcher, S("معركة"), S("{\"facets\":[\"faction\"]}"), &out, &error));
  HOLDS(out, "\"total\":1,");
  OK(fihris_searcher_search(searcher, S("هدنة"), NULL, 0, &out, &error));
  HOLDS(out, "<mark>هدنة</mark>");
  OK(fihris_searcher_search(searcher, S("النصرة"), S("{\"filters\":{\"published\":\"2015-06\"}}"),
                            &out, &error));
  HOLDS(out, "\"total\":1,");
  OK(fihris_searcher_facets(searcher, NULL, 0, NULL, 0, &out, &error));
  HOLDS(out, "\"facet\":\"published\"");
  OK(fihris_searcher_cross(searcher, NULL, 0, S("{\"by\":[\"faction\",\"month\"]}"), &out, &error));
  HOLDS(out, "{\"faction\":\"nusra-front\",\"faction_ar\":");
  OK(fihris_searcher_cooccur(searcher, NULL, 0, S("{\"min\":1}"), &out, &error));
  HOLDS(out, "\"pairs\":[{\"a\":{\"id\":\"ahrar-al-sham\"");
  OK(fihris_searcher_places(searcher, NULL, 0, NULL, 0, &out, &error));
  HOLDS(out, "\"lat\":");
  OK(fihris_searcher_explain(searcher, S("معارك أو هدنة"), NULL, 0, &out, &error));
  HOLDS(out, "\"tree\":{");
  OK(fihris_searcher_similar(searcher, S("a1"), NULL, 0, &out, &error));
  HOLDS(out, "\"hits\":[");
  OK(fihris_searcher_watch(searcher, S("النصرة"), NULL, 0, NULL, 0, &out, &error));
  HOLDS(out, "\"state\":\"w1");
  CHECK(fihris_searcher_watch(searcher, S("النصرة"), S("nonsense"), NULL, 0, &out, &error) ==
        FIHRIS_INVALID_ARGUMENT);
  int hits = 0;
  uint64_t given = 0;
  OK(fihris_searcher_each(searcher, S("النصرة"), NULL, 0, count_each, &hits, &given, &error));
  CHECK(hits == 2 && given == 2);
  OK(fihris_searcher_each(searcher, S("النصرة"), NULL, 0, stop_at_once, NULL, &given, &error));
  CHECK(given == 1);
  OK(fihris_searcher_article(searcher, S("a1"), &out, &error));
  HOLDS(out, "\"pages\":12345678901234567890");
  OK(fihris_searcher_article(searcher, S("gone"), &out, &error));
  CHECK(out.data == NULL);
  CHECK(fihris_searcher_search(searcher, S("faction:"), S("{\"strict\":true}"), &out, &error) ==
        FIHRIS_BAD_QUERY);
  CHECK(fihris_searcher_search(searcher, S("x"), S("{\"limt\":1}"), &out, &error) ==
        FIHRIS_INVALID_ARGUMENT);
  CHECK(fihris_searcher_search(searcher, S("x"), S("[]"), &out, &error) == FIHRIS_INVALID_ARGUMENT);
  CHECK(fihris_searcher_search(searcher, S("x"), NULL, 0, NULL, &error) == FIHRIS_INVALID_ARGUMENT);
  CHECK(fihris_searcher_search(NULL, S("x"), NULL, 0, &out, &error) == FIHRIS_INVALID_ARGUMENT);
  CHECK(strcmp(error.message, "searcher is NULL") == 0);
  int32_t changed = -1;
  OK(fihris_searcher_reopen(searcher, &changed, &error));
  CHECK(changed == 0);
  fihris_searcher_free(searcher);
}

/* Asks, and looks for a part of the answer. */
typedef fihris_status (*question)(fihris_searcher*, const char*, size_t, const char*, size_t,
                                  fihris_string*, fihris_error*);
static int says(question ask, fihris_searcher* searcher, const char* query, const char* request,
                const char* part) {
  fihris_string out = {NULL, 0};
  if (!ok(ask(searcher, S(query), S(request), &out, &error), __LINE__)) return 0;
  return holds(&out, part);
}
#define SAYS(ask, query, request, part) CHECK(says(ask, searcher, query, request, part))

/* Every member that a request may have does something. */
static void test_requests(const fihris_authority* authority, const char* path) {
  const fihris_view index = view(path);
  fihris_searcher* searcher = NULL;
  if (!OK(fihris_searcher_open(&index, 1, authority, &searcher, &error))) return;
  const question search = fihris_searcher_search;
  const question facets = fihris_searcher_facets;
  /* How a query is read. */
  SAYS(search, "معارك هدنة", "{\"match\":\"all\"}", "\"total\":0,");
  SAYS(search, "معارك هدنة", "{\"match\":\"any\"}", "\"total\":2,");
  SAYS(search, "معارك هدنة", "{}", "\"any_instead_of_all\":true");
  SAYS(search, "معارك -هدنة", "{\"plain\":true,\"match\":\"any\"}", "\"total\":2,");
  SAYS(search, "@truce", "{\"saved\":{\"truce\":\"هدنة\"}}", "\"id\":\"a2\"");
  SAYS(search, "تاريخ:أمس", "{\"today\":\"2015-05-30\"}", "\"id\":\"a1\"");
  fihris_string tree = {NULL, 0};
  OK(fihris_searcher_explain(searcher, S("هدنة"), NULL, 0, &tree, &error));
  char* begin = tree.data == NULL ? NULL : strstr(tree.data, "\"tree\":");
  char* end = begin == NULL ? NULL : strstr(begin, ",\"warnings\"");
  CHECK(end != NULL);
  if (end != NULL) {
    *end = 0;
    SAYS(search, begin + strlen("\"tree\":"), "{\"tree\":true}", "\"id\":\"a2\"");
  }
  fihris_string_free(&tree);
  /* Order and pages. */
  SAYS(search, "النصرة", "{\"sort\":\"date\",\"limit\":1}", "\"id\":\"a2\"");
  SAYS(search, "النصرة", "{\"sort\":\"oldest\",\"limit\":1}", "\"id\":\"a1\"");
  SAYS(search, "النصرة", "{\"sort\":\"both\",\"half_life\":1,\"limit\":1}", "\"id\":\"a2\"");
  SAYS(search, "النصرة", "{\"sort\":\"oldest\",\"limit\":1,\"offset\":1}", "\"id\":\"a2\"");
  fihris_string page = {NULL, 0};
  OK(search(searcher, S("النصرة"), S("{\"sort\":\"oldest\",\"limit\":1}"), &page, &error));
  char cursor[128] = "";
  char* next = page.data == NULL ? NULL : strstr(page.data, "\"next_cursor\":\"");
  if (next != NULL) sscanf(next, "\"next_cursor\":\"%60[^\"]", cursor);
  fihris_string_free(&page);
  char request[256];
  snprintf(request, sizeof request, "{\"sort\":\"oldest\",\"limit\":1,\"cursor\":\"%s\"}", cursor);
  SAYS(search, "النصرة", request, "\"rank\":2,\"id\":\"a2\"");
  SAYS(search, "النصرة", request, "\"next_cursor\":\"\"");
  /* Passages. */
  SAYS(search, "هدنة", "{\"snippets\":false}", "\"snippet\":{\"text\":\"\"");
  SAYS(search, "هدنة", "{\"snippet_bytes\":40}", "\"text\":\"… ");
  SAYS(search, "خبر", "{\"collapse\":true,\"deadline\":5000,\"partial\":true}",
       "\"failed_shards\":[]");
  /* Facets: several chosen values, below one, by name, tags alone, steps, bounds. */
  SAYS(facets, "", "{\"filters\":{\"source\":[\"x\",\"y\"]}}", "\"total\":2,");
  SAYS(facets, "", "{\"filters\":{\"source\":[\"x\"]},\"facets\":[\"source\"]}",
       "\"values\":[{\"id\":\"x\",\"count\":1},{\"id\":\"y\",\"count\":1}]");
  SAYS(facets, "", "{\"filters\":{\"source\":\"x\",\"published\":\"2015-06\"}}", "\"total\":0,");
  SAYS(facets, "", "{\"filters\":{\"event\":\"2015-05-28\"}}", "\"total\":1,");
  SAYS(facets, "", "{\"facets\":[{\"facet\":\"region\",\"below\":\"/\"}]}",
       "\"values\":[{\"id\":\"sy\"");
  SAYS(facets, "", "{\"facets\":[{\"facet\":\"region\",\"below\":\"sy\",\"top\":1}]}",
       "\"distinct\":2");
  SAYS(facets, "", "{\"facets\":[{\"facet\":\"faction\",\"named\":\"احرار\"}]}",
       "\"values\":[{\"id\":\"ahrar-al-sham\"");
  SAYS(facets, "", "{\"facets\":[{\"facet\":\"faction\",\"min\":3}]}", "\"values\":[]");
  SAYS(facets, "", "{\"facets\":[{\"facet\":\"region\",\"direct\":true,\"below\":\"/\"}]}",
       "\"values\":[]");
  SAYS(facets, "", "{\"facets\":[\"published:year\"]}",
       "\"values\":[{\"id\":\"2015\",\"count\":2}]");
  SAYS(facets, "", "{\"facets\":[\"week\"]}", "{\"id\":\"2015-05-25\",\"count\":1}");
  SAYS(facets, "", "{\"facets\":[\"day\"]}",
       "{\"id\":\"2015-05-30\",\"count\":0},{\"id\":\"2015-05-31\",\"count\":0}");
  SAYS(facets, "", "{\"facets\":[\"kind\"]}", "\"facet\":\"kind\"");
  /* Tables. */
  SAYS(fihris_searcher_cross, "", "{\"by\":[\"source\",\"published:year\",\"published:month\"]}",
       "{\"source\":\"x\",\"published\":\"2015\",\"published_2\":\"2015-05\",\"count\":1}");
  SAYS(fihris_searcher_cooccur, "", "{\"of\":\"region\",\"min\":1,\"top\":1}",
       "\"of\":\"region\",\"pairs\":[{");
  SAYS(fihris_searcher_cooccur, "", "{\"of\":\"faction\",\"min\":2}", "\"pairs\":[]");
  SAYS(fihris_searcher_places, "هدنة", "{\"top\":1}", "\"places\":[{\"id\":\"sy/homs");
  SAYS(fihris_searcher_places, "", "{\"min\":3}", "\"places\":[]");
  SAYS(fihris_searcher_similar, "a1", "{\"filters\":{\"source\":\"x\"}}", "\"hits\":[]");
  /* What was seen is not new again; what is added since is. */
  fihris_string seen = {NULL, 0};
  OK(fihris_searcher_watch(searcher, S("النصرة"), NULL, 0, NULL, 0, &seen, &error));
  char* state = seen.data == NULL ? NULL : strstr(seen.data, "\"state\":\"");
  CHECK(state != NULL);
  if (state != NULL) {
    state += strlen("\"state\":\"");
    *strchr(state, '"') = 0;
    fihris_string news = {NULL, 0};
    fihris_indexer* indexer = NULL;
    OK(fihris_searcher_watch(searcher, S("النصرة"), S(state), NULL, 0, &news, &error));
    HOLDS(news, "\"total\":0,\"hits\":[],");
    OK(fihris_indexer_open(index.data, index.size, authority, NULL, 0, &indexer, &error));
    OK(fihris_indexer_add(indexer, S("{\"id\":\"a3\",\"text\":\"جبهة النصرة\"}"), &error));
    OK(fihris_indexer_commit(indexer, &error));
    fihris_indexer_free(indexer);
    int32_t changed = 0;
    OK(fihris_searcher_reopen(searcher, &changed, &error));
    CHECK(changed == 1);
    OK(fihris_searcher_watch(searcher, S("النصرة"), S(state), NULL, 0, &news, &error));
    HOLDS(news, "\"total\":1,\"hits\":[{\"type\":\"hit\",\"rank\":1,\"id\":\"a3\"");
  }
  fihris_string_free(&seen);
  fihris_searcher_free(searcher);
}

int main(int count, char** words) {
  if (count != 2) return 2;
  CHECK(strlen(fihris_version()) >= 5);
  CHECK(fihris_json_format() >= 1);
  CHECK(strlen(fihris_analyzer_version()) > 0);
  CHECK(strcmp(fihris_status_name(FIHRIS_NOT_FOUND), "not_found") == 0);
  CHECK(strcmp(fihris_status_name(99), "unknown") == 0);
  fihris_authority* authority = NULL;
  if (OK(fihris_authority_builtin(&authority, &error))) {
    test_texts(authority);
    test_writing(authority, words[1]);
    test_reader(authority, words[1]);
    test_searching(authority, words[1]);
    test_requests(authority, words[1]);
  }
  fihris_authority_free(authority);
  fihris_authority_free(NULL);
  fihris_string_free(NULL);
  return faults == 0 ? 0 : 1;
}
